import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** A sitting's scores by candidate number, each page with all of them at a glance. */
export const resultsQuery = (sittingId: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ["sittings", "results", sittingId, search],
    queryFn: ({ pageParam }) =>
      take(
        api.GET("/api/v1/exams/sittings/{sitting_id}/results", {
          params: {
            path: { sitting_id: sittingId },
            query: {
              limit: 200,
              ...(search !== "" && { search }),
              ...(pageParam !== null && { after: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
