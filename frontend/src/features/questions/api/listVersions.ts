import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** A question's versions, newest first. */
export const versionsQuery = (questionId: string) =>
  infiniteQueryOptions({
    queryKey: ["questions", questionId, "versions"],
    queryFn: ({ pageParam, signal }) =>
      take(
        api.GET("/api/v1/questions/{question_id}/versions", {
          params: {
            path: { question_id: questionId },
            query: pageParam === null ? {} : { after: pageParam },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
