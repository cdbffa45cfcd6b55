import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** A sitting's roster, by candidate number. */
export const rosterQuery = (sittingId: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ["sittings", "roster", sittingId, search],
    queryFn: ({ pageParam }) =>
      take(
        api.GET("/api/v1/exams/sittings/{sitting_id}/roster", {
          params: {
            path: { sitting_id: sittingId },
            query: {
              limit: 100,
              ...(search !== "" && { search }),
              ...(pageParam !== null && { after: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
