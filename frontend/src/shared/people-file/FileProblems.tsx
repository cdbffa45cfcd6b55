import { useTranslation } from "../i18n";
import { Table } from "../ui";
import type { PeopleField } from "./columns";
import { lineOf, type PeopleFile } from "./readPeopleFile";

const FIELDS: readonly string[] = [
  "number",
  "name",
  "email",
  "class",
  "extra_percent",
  "extra_minutes",
] satisfies PeopleField[];
/** The reasons that have a sentence in both languages; others are shown as the server says them. */
const KNOWN = [
  "missing",
  "duplicate",
  "invalid",
  "too_long",
  "out_of_range",
  "name_differs",
  "clash",
  "column_missing",
  "encoding_unknown",
  "too_many_rows",
  "empty",
  "unknown",
  "ambiguous",
] as const;

/** One thing wrong with a line, as refusals and reports say it. */
export interface LineProblem {
  field?: string | null;
  line?: number | null;
  code: string;
  message: string;
}

/** What the server says about lines of a file, with what stands on each. */
export function FileProblems({
  caption,
  file,
  problems,
}: {
  caption: string;
  file: PeopleFile;
  problems: readonly LineProblem[];
}) {
  const { t, i18n } = useTranslation("people-file");
  const reason = (problem: LineProblem) => {
    const known = KNOWN.find((code) => code === problem.code);
    // The server's own sentence names other lines and titles; ours are for those who don't read English.
    if (known === undefined || i18n.language === "en") return problem.message;
    return t(`reasons.${known}`);
  };
  const column = (field: string) =>
    FIELDS.includes(field) ? t(`fields.${field as PeopleField}`) : field;
  return (
    <Table
      caption={caption}
      rows={problems.map((problem, place) => ({ ...problem, place }))}
      rowKey={(row) => String(row.place)}
      columns={[
        {
          key: "line",
          header: t("line"),
          numeric: true,
          cell: (row) => row.line ?? "",
        },
        {
          key: "column",
          header: t("column"),
          cell: (row) => (row.field == null ? "" : column(row.field)),
        },
        { key: "reason", header: t("reason"), cell: reason, className: "min-w-56" },
        {
          key: "text",
          header: t("inFile"),
          wideOnly: true,
          cell: (row) => (
            <code className="block max-w-md truncate font-mono text-sm text-muted">
              {row.line == null ? "" : lineOf(file, row.line)}
            </code>
          ),
        },
      ]}
    />
  );
}
