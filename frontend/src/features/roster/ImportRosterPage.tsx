import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "@/shared/api";
import type { RosterReport, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import {
  type ChosenFile,
  FileProblems,
  FileRefused,
  mayBeMore,
  PeopleFileForm,
  rowsWith,
} from "@/shared/people-file";
import { Banner, Button, buttonClass, Card, Checkbox, ErrorNote } from "@/shared/ui";
import { StatTile } from "@/shared/ui/dense";
import { importRoster } from "./api/importRoster";

/** Brings a roster as a file: on trial first, with a report by line, then in earnest. */
export function ImportRosterPage({ sitting }: { sitting: Sitting }) {
  const { t } = useTranslation("roster");
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  const [allowClash, setAllowClash] = useState(false);
  /** Whether this file was seen to put somebody in two places: the choice then stays while it is checked anew. */
  const [clashes, setClashes] = useState(false);
  const trial = useMutation({
    mutationFn: ({ file, clash }: { file: ChosenFile; clash: boolean }) =>
      importRoster(sitting.id, file.csv, { dryRun: true, allowClash: clash }),
    onSuccess: ({ errors }) => {
      if (errors.some(({ code }) => /clash/.test(code))) setClashes(true);
    },
  });
  const earnest = useMutation({
    mutationFn: (file: ChosenFile) =>
      importRoster(sitting.id, file.csv, { dryRun: false, allowClash }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["sittings"] }),
  });
  const forget = () => {
    trial.reset();
    earnest.reset();
    setChosen(null);
    setAllowClash(false);
    setClashes(false);
  };
  const check = (file: ChosenFile, clash = allowClash) => {
    earnest.reset();
    setChosen(file);
    trial.mutate({ file, clash });
  };
  const params = { sittingId: sitting.id };
  const refused =
    earnest.error instanceof ApiError && earnest.error.fields.length > 0 ? earnest.error : null;
  return (
    <div className="flex max-w-4xl flex-col gap-6">
      <Card title={t("importing.title")}>
        <div className="flex flex-col gap-4">
          <p className="text-muted">{t("importing.lead")}</p>
          <PeopleFileForm
            fields={["number", "name", "extra_percent", "extra_minutes", "room", "email", "class"]}
            check={t("importing.check")}
            busy={trial.isPending}
            onCheck={check}
            onForget={forget}
          />
        </div>
      </Card>
      {trial.error && <ErrorNote error={trial.error} />}
      {earnest.error && refused === null && <ErrorNote error={earnest.error} />}
      {earnest.data ? (
        <Banner
          tone="safe"
          title={t("importing.done", { count: earnest.data.enrolled })}
          actions={
            <>
              <Link
                to="/officer/sittings/$sittingId/codes"
                params={params}
                className={buttonClass("secondary", "sm")}
              >
                {t("codes")}
              </Link>
              <Link
                to="/officer/sittings/$sittingId/roster"
                params={params}
                className={buttonClass("primary", "sm")}
              >
                {t("importing.toRoster")}
              </Link>
            </>
          }
        >
          {t("importing.doneLead", { count: earnest.data.already_enrolled })}
        </Banner>
      ) : (
        trial.data &&
        chosen && (
          <>
            <Report
              report={trial.data}
              chosen={chosen}
              busy={earnest.isPending}
              onImport={() => earnest.mutate(chosen)}
            />
            {refused && (
              <FileProblems
                caption={t(
                  mayBeMore(refused.fields) ? "importing.errorsMore" : "importing.errors",
                  { count: rowsWith(refused.fields) },
                )}
                file={chosen.file}
                problems={refused.fields}
              />
            )}
          </>
        )
      )}
      {chosen && clashes && earnest.data === undefined && (
        <Checkbox
          label={t("importing.allowClash")}
          hint={t("importing.allowClashHint")}
          checked={allowClash}
          onChange={(on) => {
            setAllowClash(on);
            check(chosen, on);
          }}
        />
      )}
    </div>
  );
}

function Report({
  report,
  chosen,
  busy,
  onImport,
}: {
  report: RosterReport;
  chosen: ChosenFile;
  busy: boolean;
  onImport: () => void;
}) {
  const { t } = useTranslation("roster");
  const good = report.errors.length === 0;
  const candidates = report.enrolled + report.already_enrolled;
  const warned = t(mayBeMore(report.warnings) ? "importing.warningsMore" : "importing.warnings", {
    count: rowsWith(report.warnings),
  });
  return (
    <Card
      title={good ? t("importing.report") : t("importing.nothing")}
      actions={
        good && (
          <Button look="primary" busy={busy} onClick={onImport}>
            {t("importing.import", { count: candidates })}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {/* All or nothing: what the other rows would do isn't done either. */}
        {good && (
          <div className="flex flex-wrap gap-3">
            <StatTile label={t("importing.enrolled")} value={report.enrolled} tone="accent" />
            <StatTile label={t("importing.already")} value={report.already_enrolled} />
            <StatTile label={t("importing.created")} value={report.people_created} />
            <StatTile label={t("importing.extra")} value={report.extra_time_changed} />
            {report.rooms_changed > 0 && (
              <StatTile label={t("importing.rooms")} value={report.rooms_changed} />
            )}
          </div>
        )}
        {good ? (
          <Banner tone="safe">{t("importing.good", { count: report.rows })}</Banner>
        ) : (
          <FileRefused
            title={t(mayBeMore(report.errors) ? "importing.errorsMore" : "importing.errors", {
              count: rowsWith(report.errors),
            })}
            lead={t("importing.errorsLead")}
            file={chosen.file}
            problems={report.errors}
          />
        )}
        {report.warnings.length > 0 && (
          <>
            <Banner tone="warn" live={false} title={warned} />
            <FileProblems caption={warned} file={chosen.file} problems={report.warnings} />
          </>
        )}
      </div>
    </Card>
  );
}
