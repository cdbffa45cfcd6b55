import type { TextKey } from "../i18n/resources";

/** One thing wrong with a line, as refusals and reports say it. */
export interface LineProblem {
  field?: string | null;
  line?: number | null;
  code: string;
  message: string;
}

/** What is wrong with a file as a whole; the line, where there is one, says only where that was noticed. */
const OF_THE_FILE: readonly string[] = [
  "column_missing",
  "encoding_unknown",
  "empty",
  "too_many_rows",
];

/** How many rows the problems are about: one with two wrong cells is one row. None when the file as a whole is wrong. */
export function rowsWith(problems: readonly LineProblem[]): number {
  const lines = problems.flatMap(({ line, code }) =>
    line == null || OF_THE_FILE.includes(code) ? [] : [line],
  );
  return new Set(lines).size;
}

/**
 * The reasons that have a sentence; others are shown as the server says them. Another line, a bound or a title is said by
 * the server in its own sentence alone: the pattern finds it there.
 */
const REASONS = {
  missing: null,
  duplicate: /line (?<line>\d+)/,
  invalid: null,
  too_long: /(?<most>\d+)/,
  out_of_range: /(?<least>\d+)\D+(?<most>\d+)/,
  name_differs: null,
  clash: null,
  column_missing: /called (?<title>.+)\.$/,
  encoding_unknown: null,
  malformed: null,
  too_many_rows: /(?<most>\d+)/,
  empty: null,
  unknown: null,
  ambiguous: null,
  disabled: null,
  taken: null,
  not_expected: null,
} as const;

/** What `invalid` means where it isn't a control character. */
const INVALID = ["number", "email"] as const;

/** The key of a problem's sentence, and the facts to fill it in with; null where only the server has words for it. */
export function sentenceOf({
  code,
  field,
  message,
}: LineProblem): { key: TextKey<"people-file">; facts: Readonly<Record<string, string>> } | null {
  if (!Object.hasOwn(REASONS, code)) return null;
  const reason = code as keyof typeof REASONS;
  const cell = INVALID.find((name) => name === field);
  if (reason === "invalid" && cell !== undefined)
    return { key: `reasons.invalid_cell.${cell}`, facts: {} };
  const pattern = REASONS[reason];
  if (pattern === null) return { key: `reasons.${reason}`, facts: {} };
  const facts = pattern.exec(message)?.groups;
  return facts === undefined ? null : { key: `reasons.${reason}`, facts };
}
