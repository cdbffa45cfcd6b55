import type { QuestionType, RichText, TextPart } from "@/shared/api";
import type { Pair } from "./types";

const EMPTY: RichText = { format: "markdown", text: "" };
const parts = (ids: string): TextPart[] => [...ids].map((id) => ({ id, text: EMPTY }));

/** Bytes of a file when the author says nothing. */
export const FILE_BYTES_DEFAULT = 10 * 1024 * 1024;

/**
 * An empty question of a type. Nothing in it is right yet: a key that nobody chose would be a wrong key waiting for an
 * exam. Only true or false has no way to say "not decided"; the editor keeps that apart (`undecided`).
 */
export function blank(type: QuestionType): Pair {
  const { body, scheme } = blanks[type]();
  return { question: { stem: EMPTY, body }, key: { scheme } };
}

const blanks: {
  [T in QuestionType]: () => {
    body: Pair["question"]["body"] & { type: T };
    scheme: Pair["key"]["scheme"] & { type: T };
  };
} = {
  single_choice: () => ({
    body: { type: "single_choice", options: parts("abcd"), shuffle: true },
    scheme: { type: "single_choice", fractions: {} },
  }),
  multiple_choice: () => ({
    body: { type: "multiple_choice", options: parts("abcd"), shuffle: true },
    scheme: { type: "multiple_choice", marking: { rule: "partial", right: [] } },
  }),
  true_false: () => ({
    body: { type: "true_false" },
    scheme: { type: "true_false", right: true },
  }),
  short_text: () => ({
    body: { type: "short_text", chars_max: 200 },
    scheme: {
      type: "short_text",
      alternatives: [{ pattern: "", fraction: 1 }],
      folding: { case_sensitive: false, fold_width: true, fold_space: true },
    },
  }),
  numeric: () => ({
    body: { type: "numeric", units: [] },
    scheme: { type: "numeric", answers: [], unit_rule: { rule: "optional" } },
  }),
  cloze: () => ({
    body: { type: "cloze", text: EMPTY, gaps: [] },
    scheme: { type: "cloze", gaps: {} },
  }),
  matching: () => ({
    body: { type: "matching", prompts: parts("abc"), targets: parts("abc"), shuffle: true },
    scheme: { type: "matching", pairs: { a: "a", b: "b", c: "c" }, rule: "per_pair" },
  }),
  ordering: () => ({
    body: { type: "ordering", items: parts("abc") },
    scheme: { type: "ordering", order: ["a", "b", "c"], rule: "exact" },
  }),
  essay: () => ({ body: { type: "essay" }, scheme: { type: "essay" } }),
  file_upload: () => ({
    body: { type: "file_upload", files_max: 1, bytes_max: FILE_BYTES_DEFAULT, extensions: [] },
    scheme: { type: "file_upload" },
  }),
  description: () => ({ body: { type: "description" }, scheme: { type: "description" } }),
};
