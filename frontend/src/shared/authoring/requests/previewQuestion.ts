import {
  api,
  type Key,
  type Question,
  type QuestionPreview,
  type RichText,
  type SentKey,
  type SentQuestion,
  take,
} from "../../api";

/** How candidates would see a question, and what keeps it from being asked. Stores nothing. */
export function previewQuestion(
  { question, key, stimulus }: { question: Question; key: Key; stimulus?: RichText | null },
  signal?: AbortSignal,
): Promise<QuestionPreview> {
  return take(
    api.POST("/api/v1/questions/preview", {
      body: {
        question: question as SentQuestion,
        key: key as SentKey,
        ...(stimulus && { stimulus }),
      },
      ...(signal && { signal }),
    }),
  );
}
