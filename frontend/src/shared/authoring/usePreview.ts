import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Key, Question, QuestionPreview, RichText } from "../api";
import { useSettled } from "../lib/useSettled";
import { previewQuestion } from "./requests/previewQuestion";

/** Typing has to pause this long before the server draws the question anew. */
const SETTLED_AFTER_MS = 350;

/** How candidates would see what is being written, a moment after it was written. */
export function usePreview(
  question: Question,
  key: Key,
  stimulus: RichText | null = null,
): { preview: QuestionPreview | undefined; error: Error | null; late: boolean } {
  // As text, because a question that was typed and taken back is the same one.
  const now = JSON.stringify({ question, key, stimulus });
  const settled = useSettled(now, SETTLED_AFTER_MS);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ["preview", settled],
    queryFn: ({ signal }) =>
      previewQuestion(
        JSON.parse(settled) as { question: Question; key: Key; stimulus: RichText | null },
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    // What was typed on the way is of no use later.
    gcTime: 30_000,
  });
  return { preview: data, error, late: isPlaceholderData || now !== settled };
}
