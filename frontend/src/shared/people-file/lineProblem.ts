import type { TextKey } from "../i18n/resources";

/** One thing wrong with a line, as refusals and reports say it. */
export interface LineProblem {
  field?: string | null;
  line?: number | null;
  code: string;
  message: string;
  /** What the message names: another line, a bound, a title. */
  facts?: Readonly<Record<string, unknown>>;
}

/** What is wrong with a file as a whole; the line, where there is one, says only where that was noticed. */
const OF_THE_FILE: readonly string[] = [
  "column_missing",
  "encoding_unknown",
  "empty",
  "too_many_rows",
];

/** As many problems as the server names of a file; of more it keeps silent. */
export const PROBLEMS_MAX = 200;

/** Whether a problem is about the file as a whole, and no line of it is to be looked at. */
export const isOfTheFile = ({ line, code }: LineProblem) =>
  line == null || OF_THE_FILE.includes(code);

/** How many rows the problems are about: one with two wrong cells is one row. None when the file as a whole is wrong. */
export function rowsWith(problems: readonly LineProblem[]): number {
  return new Set(problems.filter((problem) => !isOfTheFile(problem)).map(({ line }) => line)).size;
}

/** Whether there may be more problems than these. */
export const mayBeMore = (problems: readonly LineProblem[]) => problems.length >= PROBLEMS_MAX;

/** The reasons that have a sentence, with the facts that it names; others are shown as the server says them. */
const REASONS = {
  missing: [],
  duplicate: ["first_line"],
  invalid: [],
  too_long: ["most"],
  out_of_range: ["least", "most"],
  name_differs: [],
  clash: [],
  column_missing: ["title"],
  encoding_unknown: [],
  malformed: [],
  too_many_rows: ["most"],
  empty: [],
  unknown: [],
  ambiguous: [],
  disabled: [],
  taken: [],
  not_expected: [],
} as const satisfies Record<string, readonly string[]>;

/** What `invalid` means where it isn't a control character. */
const INVALID = ["number", "email"] as const;

type Facts = Readonly<Record<string, string | number>>;

/** The key of a problem's sentence, and the facts to fill it in with; null where only the server has words for it. */
export function sentenceOf(
  problem: LineProblem,
): { key: TextKey<"people-file">; facts: Facts } | null {
  const { code, field } = problem;
  if (!Object.hasOwn(REASONS, code)) return null;
  const reason = code as keyof typeof REASONS;
  const cell = INVALID.find((name) => name === field);
  if (reason === "invalid" && cell !== undefined)
    return { key: `reasons.invalid_cell.${cell}`, facts: {} };
  const facts = factsOf(problem, REASONS[reason]);
  return facts && { key: `reasons.${reason}`, facts };
}

/** The facts of these names; null when one is wanting. */
function factsOf({ facts }: LineProblem, names: readonly string[]): Facts | null {
  const found: Record<string, string | number> = {};
  for (const name of names) {
    const value = facts?.[name];
    if (typeof value !== "string" && typeof value !== "number") return null;
    found[name] = value;
  }
  return found;
}
