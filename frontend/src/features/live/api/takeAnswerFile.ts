import { api, take } from "@/shared/api";
import type { AnswerFileTaken } from "@/shared/api/types-officer";

/** Takes in an answer file, or the text of its codes. Bringing it again changes nothing. */
export function takeAnswerFile(
  sittingId: string,
  content: Blob | string,
): Promise<AnswerFileTaken> {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/answer-files", {
      params: { path: { sitting_id: sittingId } },
      // The description knows no bytes; they go as they are.
      body: "",
      bodySerializer: () => content,
      headers: { "Content-Type": "application/octet-stream" },
    }),
  );
}
