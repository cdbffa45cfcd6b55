import type { HeldResponse, QuestionResponse } from "@/shared/api";
import type { MissingFile } from "./FileSender";

/** The files that the server says haven't come, of those that `answers` name. */
export function missingFiles(
  held: readonly HeldResponse[],
  answers: Readonly<Record<string, QuestionResponse>>,
): MissingFile[] {
  const missing = new Set(held.flatMap(({ missing_files: files }) => files));
  return Object.entries(answers).flatMap(([question, answer]) =>
    answer.type === "file_upload"
      ? answer.files.flatMap(({ id, name }) => (missing.has(id) ? [{ id, question, name }] : []))
      : [],
  );
}
