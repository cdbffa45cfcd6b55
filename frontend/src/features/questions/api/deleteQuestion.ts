import { api, take } from "@/shared/api";

/** Takes away a draft that was never ready and stands in no paper. */
export async function deleteQuestion(questionId: string): Promise<void> {
  await take(
    api.DELETE("/api/v1/questions/{question_id}", {
      params: { path: { question_id: questionId } },
    }),
  );
}
