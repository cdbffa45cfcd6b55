import { ApiError, problemFrom, type UploadedFile } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

/** Sends one file of an answer; it becomes part of the answer when the answer that names it is saved. */
export async function uploadFile(
  { ticket, attemptId }: AttemptAccess,
  file: File,
): Promise<UploadedFile> {
  const body = new FormData();
  body.set("file", file);
  let response: Response;
  try {
    response = await fetch(`/api/v1/exams/attempts/${attemptId}/files`, {
      method: "POST",
      headers: { "Exam-Ticket": ticket },
      credentials: "omit",
      body,
    });
  } catch (error) {
    throw ApiError.offline(error);
  }
  if (!response.ok) throw await problemFrom(response);
  return (await response.json()) as UploadedFile;
}
