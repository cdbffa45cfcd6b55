import { api, type QuestionView, type SentKey, type SentQuestion, take } from "@/shared/api";

/** What becomes of where questions are filed; what is left out stays. */
export interface Refiling {
  category_id?: string | null;
  add_tags?: string[];
  remove_tags?: string[];
}

/** Requests under way at once: quick enough for a page of questions, gentle enough for the server. */
const REQUESTS_AT_ONCE = 4;

/** Files many questions anew. Tells how many were, and the first refusal; one that fails stops none of the others. */
export async function fileQuestions(
  ids: readonly string[],
  change: Refiling,
): Promise<{ done: number; refusal: unknown }> {
  const left = [...ids];
  let done = 0;
  let refusal: unknown = null;
  const work = async () => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      try {
        await fileQuestion(id, change);
        done += 1;
      } catch (error) {
        refusal ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, work));
  return { done, refusal };
}

/** Saves a question as it stands, filed elsewhere: that makes no version. */
async function fileQuestion(id: string, change: Refiling): Promise<void> {
  const path = { question_id: id };
  const stored: QuestionView = await take(
    api.GET("/api/v1/questions/{question_id}", { params: { path } }),
  );
  const kept = stored.tags.filter((tag) => !change.remove_tags?.includes(tag));
  const { title, points, stimulus_id, state, question, key, note, version, idnumber } = stored;
  await take(
    api.PUT("/api/v1/questions/{question_id}", {
      params: { path },
      body: {
        version,
        content: {
          title,
          points,
          stimulus_id,
          state,
          question: question as SentQuestion,
          key: key as SentKey,
          note,
        },
        category_id: change.category_id === undefined ? stored.category_id : change.category_id,
        tags: [...new Set([...kept, ...(change.add_tags ?? [])])],
        idnumber,
      },
    }),
  );
}
