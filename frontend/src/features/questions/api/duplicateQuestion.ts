import { api, type QuestionView, take } from "@/shared/api";

/** A copy as a draft, in the same place. */
export function duplicateQuestion(questionId: string, title: string): Promise<QuestionView> {
  return take(
    api.POST("/api/v1/questions/{question_id}/duplicate", {
      params: { path: { question_id: questionId } },
      body: { title },
    }),
  );
}
