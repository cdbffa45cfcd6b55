import { ApiError, problemFrom } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

/** Sends one file of an answer, under the id by which the answer names it. As often as one likes: it is one file. */
export async function uploadFile(
  { ticket, attemptId }: AttemptAccess,
  id: string,
  file: File,
): Promise<void> {
  const body = new FormData();
  body.set("file", file);
  let response: Response;
  try {
    response = await fetch(`/api/v1/exams/attempts/${attemptId}/files/${id}`, {
      method: "PUT",
      headers: { "Exam-Ticket": ticket },
      credentials: "omit",
      body,
    });
  } catch (error) {
    throw ApiError.offline(error);
  }
  if (!response.ok) throw await problemFrom(response);
}
