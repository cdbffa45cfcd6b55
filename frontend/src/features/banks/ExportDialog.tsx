import { useMutation, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import type { Bank } from "@/shared/api";
import { useNoteText } from "@/shared/authoring/noteText";
import { categoriesQuery } from "@/shared/authoring/requests/listCategories";
import { useTranslation } from "@/shared/i18n";
import { fileName, saveFile } from "@/shared/lib/saveFile";
import { Banner, Button, Dialog, ErrorNote, Loading, Select, toast } from "@/shared/ui";
import { exportQuestions } from "./api/exportQuestions";
import { exportReportQuery } from "./api/reportExport";

/** Takes a bank's questions out as a GIFT file, and says before what won't fit into one. */
export function ExportDialog({ bank, onClose }: { bank: Bank; onClose: () => void }) {
  const { t } = useTranslation("banks");
  const noteText = useNoteText();
  const [category, setCategory] = useState("");
  const categories = useQuery(categoriesQuery(bank.id));
  const chosen = category === "" ? null : category;
  const report = useQuery(exportReportQuery(bank.id, chosen));
  const download = useMutation({
    mutationFn: () => exportQuestions(bank.id, chosen),
    onSuccess: (file) => {
      saveFile(fileName(bank.title, "gift.txt"), file);
      toast(t("export.done"));
      onClose();
    },
  });
  const notable = report.data?.entries.filter((entry) => entry.notes.length > 0) ?? [];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("export.title")}
      description={t("export.lead")}
      width="lg"
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            look="primary"
            icon={<Download aria-hidden />}
            busy={download.isPending}
            disabled={report.data === undefined || report.data.written === 0}
            onClick={() => download.mutate()}
          >
            {t("export.download")}
          </Button>
        </>
      }
    >
      <div className="mt-4 flex flex-col gap-4">
        <Select
          label={t("export.what")}
          placeholder={t("export.whole")}
          value={category}
          options={(categories.data ?? []).map((one) => ({
            value: one.id,
            label: one.path.join(" / "),
          }))}
          onChange={setCategory}
        />
        {report.error ? (
          <ErrorNote error={report.error} />
        ) : report.data === undefined ? (
          <Loading />
        ) : (
          <>
            <p className="tabular">{t("export.written", { count: report.data.written })}</p>
            {notable.length > 0 && (
              <Banner
                tone="warn"
                live={false}
                title={t("export.losses", {
                  count: report.data.left_out + report.data.with_losses,
                })}
              >
                <ul className="mt-1 max-h-60 list-disc overflow-y-auto ps-5 text-sm">
                  {notable.map((entry) => (
                    <li key={entry.number}>
                      <span className="font-medium">{entry.title}</span>:{" "}
                      {entry.notes.map(noteText).join(" ")}
                    </li>
                  ))}
                </ul>
              </Banner>
            )}
          </>
        )}
        {download.error && <ErrorNote error={download.error} />}
      </div>
    </Dialog>
  );
}
