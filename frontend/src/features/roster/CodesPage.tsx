import "./sheets.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileDown, Printer } from "lucide-react";
import { useState } from "react";
import type { IssuedCodes, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { AskBeforeLeaving } from "@/shared/leave/AskBeforeLeaving";
import { csvText } from "@/shared/lib/csv";
import { fileName, saveFile } from "@/shared/lib/saveFile";
import { Banner, Button, Card, EmptyState, ErrorNote, RadioGroup, Segmented } from "@/shared/ui";
import { issueCodes, type Which } from "./api/issueCodes";
import { Sheets } from "./Sheets";

/** Makes admission codes and prints them: slips to cut, or a page for each candidate. */
export function CodesPage({ sitting }: { sitting: Sitting }) {
  const { t } = useTranslation("roster");
  const queries = useQueryClient();
  const [which, setWhich] = useState<Which>("missing");
  const [layout, setLayout] = useState<"slips" | "pages">("slips");
  const [issued, setIssued] = useState<IssuedCodes | null>(null);
  /** Whether they were sent to the printer or to a file: they aren't shown again. */
  const [kept, setKept] = useState(false);
  const issue = useMutation({
    mutationFn: () => issueCodes(sitting.id, which),
    onSuccess: (codes) => {
      setIssued(codes);
      setKept(false);
      void queries.invalidateQueries({ queryKey: ["sittings", "roster", sitting.id] });
    },
  });
  const save = (codes: IssuedCodes) => {
    const lines = [
      [t("number"), t("name"), t("sheet.code")],
      ...codes.issued.map((slip) => [slip.number ?? "", slip.candidate_name, slip.code]),
    ];
    // The mark in front lets spreadsheets read Chinese names.
    const text = `\uFEFF${lines.map((line) => line.map(csvText).join(",")).join("\r\n")}\r\n`;
    setKept(true);
    saveFile(
      fileName(`${t("sheet.file")} ${sitting.title}`, "csv"),
      new Blob([text], { type: "text/csv" }),
    );
  };
  const print = () => {
    setKept(true);
    window.print();
  };
  if (issued !== null && issued.issued.length > 0)
    return (
      <>
        <AskBeforeLeaving
          unsaved={() => !kept}
          texts={{
            title: t("printing.leaveTitle"),
            lead: t("printing.leaveLead"),
            leave: t("printing.leave"),
            stay: t("printing.stay"),
          }}
        />
        <div className="mb-6 flex flex-col gap-4 print:hidden">
          <Banner tone="warn" title={t("printing.once", { count: issued.issued.length })}>
            {t("printing.onceLead")}
            {issued.kept > 0 && ` ${t("printing.kept", { count: issued.kept })}`}
          </Banner>
          <div className="flex flex-wrap items-center gap-3">
            <Segmented
              label={t("printing.layout")}
              value={layout}
              onChange={setLayout}
              options={[
                { value: "slips", label: t("printing.slips") },
                { value: "pages", label: t("printing.pages") },
              ]}
            />
            <span className="flex-1" />
            <Button icon={<FileDown aria-hidden />} onClick={() => save(issued)}>
              {t("printing.csv")}
            </Button>
            <Button look="primary" icon={<Printer aria-hidden />} onClick={print}>
              {t("printing.print")}
            </Button>
          </div>
        </div>
        <Sheets sitting={sitting} slips={issued.issued} layout={layout} />
      </>
    );
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      {issue.error && <ErrorNote error={issue.error} />}
      {issued !== null && (
        <Banner live title={t("printing.noneMissing")}>
          {t("printing.noneMissingLead")}
        </Banner>
      )}
      {sitting.candidates === 0 ? (
        <EmptyState title={t("empty")}>{t("printing.emptyLead")}</EmptyState>
      ) : (
        <Card title={t("printing.title")}>
          <div className="flex flex-col gap-5">
            <p className="text-muted">{t("printing.lead")}</p>
            <RadioGroup
              label={t("printing.which")}
              value={which}
              onChange={setWhich}
              options={[
                {
                  value: "missing",
                  label: t("printing.missing"),
                  hint: t("printing.missingHint"),
                },
                { value: "all", label: t("printing.all"), hint: t("printing.allHint") },
              ]}
            />
            <div>
              <Button
                look={which === "all" ? "danger" : "primary"}
                busy={issue.isPending}
                onClick={() => issue.mutate()}
              >
                {which === "all" ? t("printing.makeAll") : t("printing.make")}
              </Button>
            </div>
          </div>
        </Card>
      )}
    </div>
  );
}
