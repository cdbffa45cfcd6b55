import { api, type QuestionView, take } from "@/shared/api";

export function archiveQuestion(questionId: string): Promise<QuestionView> {
  return take(
    api.POST("/api/v1/questions/{question_id}/archive", {
      params: { path: { question_id: questionId } },
    }),
  );
}
