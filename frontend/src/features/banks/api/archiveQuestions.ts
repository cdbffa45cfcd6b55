import { api, take } from "@/shared/api";

/** Puts questions away, or takes them out again. Tells how many, and the first refusal. */
export async function archiveQuestions(
  ids: readonly string[],
  away: boolean,
): Promise<{ done: number; refusal: unknown }> {
  let done = 0;
  let refusal: unknown = null;
  for (const id of ids) {
    const params = { path: { question_id: id } };
    try {
      await take(
        away
          ? api.POST("/api/v1/questions/{question_id}/archive", { params })
          : api.POST("/api/v1/questions/{question_id}/unarchive", { params }),
      );
      done += 1;
    } catch (error) {
      refusal ??= error;
    }
  }
  return { done, refusal };
}
