import type { QuestionResponse, UploadedFile } from "@/shared/api";
import { randomUuid } from "@/shared/lib/uuid";

/** A chosen file as an answer names it. */
export const newFile = ({ name, size }: File): UploadedFile => ({
  id: randomUuid(),
  name,
  bytes: size,
});

/** The answer to a question with one more file. */
export function withFile(
  before: QuestionResponse | undefined,
  file: UploadedFile,
): QuestionResponse {
  return { type: "file_upload", files: [...filesOf(before), file] };
}

/** The answer to a question without a file; null when it names none. */
export function withoutFile(
  before: QuestionResponse | undefined,
  id: string,
): QuestionResponse | null {
  if (before?.type !== "file_upload") return null;
  return { type: "file_upload", files: before.files.filter((file) => file.id !== id) };
}

/** Whether an answer names a file. */
export function namesFile(answer: QuestionResponse | undefined, id: string): boolean {
  return filesOf(answer).some((file) => file.id === id);
}

const filesOf = (answer: QuestionResponse | undefined) =>
  answer?.type === "file_upload" ? answer.files : [];
