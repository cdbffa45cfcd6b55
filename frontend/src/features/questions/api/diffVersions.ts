import { queryOptions } from "@tanstack/react-query";
import { api, take, type VersionDiff } from "@/shared/api";

/** What changed between two versions of a question. Versions never change, so neither does this. */
export const diffQuery = (questionId: string, from: number, to: number) =>
  queryOptions({
    queryKey: ["questions", questionId, "diff", from, to],
    queryFn: ({ signal }): Promise<VersionDiff> =>
      take(
        api.GET("/api/v1/questions/{question_id}/diff", {
          params: { path: { question_id: questionId }, query: { from, to } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
