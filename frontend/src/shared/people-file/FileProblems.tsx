import { useTranslation } from "../i18n";
import { Banner, Table } from "../ui";
import type { PeopleField } from "./columns";
import { isOfTheFile, type LineProblem, sentenceOf } from "./lineProblem";
import { lineOf, type PeopleFile } from "./readPeopleFile";

const FIELDS: readonly string[] = [
  "number",
  "name",
  "email",
  "class",
  "extra_percent",
  "extra_minutes",
  "room",
] satisfies PeopleField[];

/** Says that a file can't be taken, and why: line by line, or in one sentence where it is wrong as a whole. */
export function FileRefused({
  title,
  lead,
  caption = title,
  file,
  problems,
}: {
  title: string;
  lead: string;
  caption?: string;
  file: PeopleFile;
  problems: readonly LineProblem[];
}) {
  const reason = useReason();
  if (problems.every(isOfTheFile))
    return (
      <Banner tone="danger" title={title}>
        {problems.map((problem) => (
          <p key={reason(problem)}>{reason(problem)}</p>
        ))}
      </Banner>
    );
  return (
    <>
      <Banner tone="danger" title={title}>
        {lead}
      </Banner>
      <FileProblems caption={caption} file={file} problems={problems} />
    </>
  );
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
  const { t } = useTranslation("people-file");
  const reason = useReason();
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

function useReason(): (problem: LineProblem) => string {
  const { t } = useTranslation("people-file");
  return (problem) => {
    const sentence = sentenceOf(problem);
    return sentence === null ? problem.message : t(sentence.key, sentence.facts);
  };
}
