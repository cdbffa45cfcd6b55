import {
  api,
  type Key,
  type Question,
  type QuestionResponse,
  type SentKey,
  type SentQuestion,
  type TriedResponse,
  take,
} from "../../api";

/** Marks a response to a question that may not be stored yet, and says why. */
export function markPreview(given: {
  question: Question;
  key: Key;
  points: number;
  response: QuestionResponse;
}): Promise<TriedResponse> {
  return take(
    api.POST("/api/v1/questions/preview/mark", {
      body: {
        ...given,
        question: given.question as SentQuestion,
        key: given.key as SentKey,
      },
    }),
  );
}
