import type { QuestionType } from "../api";

/** In the order in which they are offered; the same as the server's. */
export const QUESTION_TYPES = [
  "single_choice",
  "multiple_choice",
  "true_false",
  "short_text",
  "numeric",
  "cloze",
  "matching",
  "ordering",
  "essay",
  "file_upload",
  "description",
] as const satisfies readonly QuestionType[];

export function isQuestionType(value: unknown): value is QuestionType {
  return QUESTION_TYPES.some((type) => type === value);
}
