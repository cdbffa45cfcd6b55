import { api, type QuestionView, take } from "@/shared/api";

/** Makes an old version the newest one again. */
export function restoreVersion(
  questionId: string,
  number: number,
  version: number,
): Promise<QuestionView> {
  return take(
    api.POST("/api/v1/questions/{question_id}/versions/{number}/restore", {
      params: { path: { question_id: questionId, number } },
      body: { version },
    }),
  );
}
