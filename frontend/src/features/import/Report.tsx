import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ImportReport, ReportEntry, ReportStatus } from "@/shared/api";
import { useNoteText } from "@/shared/authoring/noteText";
import { QuestionTypeMark } from "@/shared/authoring/QuestionTypeMark";
import { useTranslation } from "@/shared/i18n";
import { Badge, Button, type Column, EmptyState, Table, type Tone } from "@/shared/ui";
import { StatTile } from "@/shared/ui/dense";

const TONES: Record<ReportStatus, Tone> = {
  imported: "safe",
  imported_with_warning: "warn",
  refused: "danger",
  duplicate: "neutral",
  held_back: "neutral",
};
type Shown = "all" | "noted" | "refused";
/** Rows at first: a file may hold tens of thousands of questions. */
const ROWS_STEP = 200;

/** What became of each question in a file, with the line where it stands. */
export function Report({ report }: { report: ImportReport }) {
  const { t } = useTranslation("import");
  const noteText = useNoteText();
  const [shown, setShown] = useState<Shown>(report.refused > 0 ? "noted" : "all");
  const [rowsMax, setRowsMax] = useState(ROWS_STEP);
  const noted = report.entries.filter((entry) => entry.notes.length > 0);
  const refused = report.entries.filter((entry) => entry.status === "refused");
  const entries = { all: report.entries, noted, refused }[shown];
  const columns: Column<ReportEntry>[] = [
    {
      key: "line",
      header: t("report.line"),
      numeric: true,
      cell: (entry) => entry.line,
    },
    {
      key: "title",
      header: t("report.question"),
      heading: true,
      cell: (entry) => (
        <span className="flex items-start gap-2">
          {entry.question_type && <QuestionTypeMark type={entry.question_type} className="mt-1" />}
          <span className="line-clamp-2 min-w-48 break-words">
            {entry.question_id === null ? (
              entry.title
            ) : (
              <Link
                to="/author/questions/$questionId"
                params={{ questionId: entry.question_id }}
                className="underline-offset-4 hover:underline"
              >
                {entry.title}
              </Link>
            )}
          </span>
        </span>
      ),
    },
    {
      key: "status",
      header: t("report.status"),
      cell: (entry) => (
        <Badge tone={TONES[entry.status]}>
          {report.dry_run
            ? t(`report.statuses.${entry.status}`)
            : t(`report.doneStatuses.${entry.status}`)}
        </Badge>
      ),
    },
    {
      key: "notes",
      header: t("report.notes"),
      className: "min-w-72",
      cell: (entry) => (
        <ul className="flex flex-col gap-0.5">
          {entry.notes.map((note) => (
            <li key={`${note.line}${note.code}${note.message}`}>
              {note.line != null && note.line !== entry.line && (
                <span className="tabular text-muted">
                  {t("report.onLine", { line: note.line })}:{" "}
                </span>
              )}
              {noteText(note)}
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-5">
        <StatTile
          label={t("report.total")}
          value={report.total}
          pressed={shown === "all"}
          onPress={() => setShown("all")}
        />
        <StatTile
          label={report.dry_run ? t("report.good") : t("report.imported")}
          value={report.imported}
          tone="safe"
        />
        <StatTile
          label={t("report.noted")}
          value={noted.length}
          tone="warn"
          pressed={shown === "noted"}
          onPress={() => setShown("noted")}
        />
        <StatTile
          label={t("report.refused")}
          value={report.refused}
          tone="danger"
          pressed={shown === "refused"}
          onPress={() => setShown("refused")}
        />
        <StatTile label={t("report.duplicates")} value={report.duplicates} />
      </div>
      <Table
        caption={t("report.title")}
        columns={columns}
        rows={entries.slice(0, rowsMax)}
        rowKey={(entry) => String(entry.number)}
        empty={<EmptyState title={t("report.none")} />}
      />
      {entries.length > rowsMax && (
        <Button className="self-center" onClick={() => setRowsMax(rowsMax + ROWS_STEP)}>
          {t("report.more", { count: entries.length - rowsMax })}
        </Button>
      )}
      {report.entries_left_out > 0 && (
        <p className="text-sm text-muted">
          {t("report.leftOut", { count: report.entries_left_out })}
        </p>
      )}
    </div>
  );
}
