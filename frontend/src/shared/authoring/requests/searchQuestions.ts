import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { api, type QuestionType, take } from "../../api";

/** Which questions to list; what is left out doesn't narrow the list. */
export interface QuestionFilter {
  q?: string;
  bank_id?: string;
  category_id?: string;
  stimulus_id?: string;
  tag?: string[];
  type?: QuestionType[];
  status?: "draft" | "ready" | "archived";
}

/** Questions a page at a time, newest first. */
const PAGE_QUESTIONS = 50;

export const questionsQuery = (filter: QuestionFilter) =>
  infiniteQueryOptions({
    queryKey: ["questions", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      take(
        api.GET("/api/v1/questions/search", {
          params: {
            query: {
              ...filter,
              limit: PAGE_QUESTIONS,
              ...(pageParam !== null && { after: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // While a search is typed the last hits stay, so that the page doesn't flicker.
    placeholderData: keepPreviousData,
  });
