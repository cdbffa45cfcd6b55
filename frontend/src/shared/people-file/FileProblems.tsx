import { useTranslation } from "../i18n";
import { Table } from "../ui";
import type { PeopleField } from "./columns";
import { type LineProblem, sentenceOf } from "./lineProblem";
import { lineOf, type PeopleFile } from "./readPeopleFile";

const FIELDS: readonly string[] = [
  "number",
  "name",
  "email",
  "class",
  "extra_percent",
  "extra_minutes",
] satisfies PeopleField[];

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
  const { t } = useTranslation("people-file");
  const reason = (problem: LineProblem) => {
    const sentence = sentenceOf(problem);
    return sentence === null ? problem.message : t(sentence.key, sentence.facts);
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
