import { api, type QuestionView, take } from "@/shared/api";

export function unarchiveQuestion(questionId: string): Promise<QuestionView> {
  return take(
    api.POST("/api/v1/questions/{question_id}/unarchive", {
      params: { path: { question_id: questionId } },
    }),
  );
}
