import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "@/shared/api";
import type { ImportReport } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import {
  type ChosenFile,
  FileRefused,
  mayBeMore,
  PeopleFileForm,
  rowsWith,
} from "@/shared/people-file";
import {
  Banner,
  Button,
  buttonClass,
  Card,
  Crumbs,
  ErrorNote,
  PageHeader,
  Table,
} from "@/shared/ui";
import { MoreRows, StatTile } from "@/shared/ui/dense";
import { UnitSelect } from "@/shared/units";
import { importPeople } from "./api/importPeople";

const ROWS_SHOWN = 100;

/** Takes in a file of candidates: first on trial, with a report by line, then in earnest. */
export function ImportPeoplePage() {
  const { t } = useTranslation("people");
  const staff = useTranslation("staff");
  const queries = useQueryClient();
  const [unitId, setUnitId] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  const trial = useMutation({
    mutationFn: (next: ChosenFile) => importPeople(next.csv, unitId, true),
    onMutate: setChosen,
  });
  const earnest = useMutation({
    mutationFn: (next: ChosenFile) => importPeople(next.csv, unitId, false),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["accounts"] });
      void queries.invalidateQueries({ queryKey: ["people"] });
    },
  });
  const forget = () => {
    trial.reset();
    earnest.reset();
  };
  const error = earnest.error ?? trial.error;
  const refused = error instanceof ApiError && error.fields.length > 0 ? error : null;
  return (
    <>
      <PageHeader
        title={t("importing.title")}
        lead={t("importing.lead")}
        crumbs={
          <Crumbs label={staff.t("way")}>
            <Link to="/admin/users">{t("title")}</Link>
          </Crumbs>
        }
      />
      <div className="flex max-w-4xl flex-col gap-6">
        <Card title={t("importing.file")}>
          <div className="flex flex-col gap-5">
            <UnitSelect
              label={t("importing.unit")}
              hint={t("importing.unitHint")}
              value={unitId}
              onChange={(next) => {
                forget();
                setUnitId(next);
              }}
              className="max-w-md"
            />
            <PeopleFileForm
              fields={["number", "name", "email", "class"]}
              check={t("importing.check")}
              busy={trial.isPending}
              onCheck={(next) => trial.mutate(next)}
              onForget={forget}
            />
          </div>
        </Card>
        {error && refused === null && <ErrorNote error={error} />}
        {refused && chosen && (
          <div className="flex flex-col gap-3">
            <FileRefused
              title={t(mayBeMore(refused.fields) ? "importing.refusedMore" : "importing.refused", {
                count: rowsWith(refused.fields),
              })}
              lead={t("importing.refusedLead")}
              caption={t("importing.problems")}
              file={chosen.file}
              problems={refused.fields}
            />
          </div>
        )}
        {earnest.data ? (
          <Banner
            tone="safe"
            title={t("importing.done", { count: earnest.data.created })}
            actions={
              <Link to="/admin/users" className={buttonClass("secondary", "sm")}>
                {t("title")}
              </Link>
            }
          >
            {t("importing.doneLead", { count: earnest.data.found })}
          </Banner>
        ) : (
          trial.data &&
          chosen && (
            <Report
              report={trial.data}
              busy={earnest.isPending}
              onImport={() => earnest.mutate(chosen)}
            />
          )
        )}
      </div>
    </>
  );
}

function Report({
  report,
  busy,
  onImport,
}: {
  report: ImportReport;
  busy: boolean;
  onImport: () => void;
}) {
  const { t } = useTranslation("people");
  const [shown, setShown] = useState(ROWS_SHOWN);
  return (
    <Card
      title={t("importing.report")}
      actions={
        <Button look="primary" busy={busy} onClick={onImport}>
          {t("importing.import", { count: report.rows.length })}
        </Button>
      }
    >
      <div className="mb-4 flex flex-wrap gap-3">
        <StatTile label={t("importing.created")} value={report.created} tone="accent" />
        <StatTile label={t("importing.found")} value={report.found} tone="neutral" />
      </div>
      <Table
        caption={t("importing.report")}
        rows={report.rows.slice(0, shown)}
        rowKey={(row) => String(row.line)}
        columns={[
          { key: "line", header: t("importing.line"), numeric: true, cell: (row) => row.line },
          { key: "number", header: t("number"), cell: (row) => row.number },
          { key: "name", header: t("name"), heading: true, cell: (row) => row.display_name },
          {
            key: "what",
            header: t("importing.what"),
            cell: (row) => (row.created ? t("importing.isNew") : t("importing.isKnown")),
          },
        ]}
      />
      <MoreRows
        shown={Math.min(shown, report.rows.length)}
        more={report.rows.length > shown}
        onMore={() => setShown(shown + 5 * ROWS_SHOWN)}
      />
    </Card>
  );
}
