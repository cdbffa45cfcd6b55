import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** What is counted about a sitting, and how its scores are distributed. */
export const statisticsQuery = (sittingId: string) =>
  queryOptions({
    queryKey: ["sittings", "statistics", sittingId],
    queryFn: () =>
      take(
        api.GET("/api/v1/analytics/sittings/{sitting_id}", {
          params: { path: { sitting_id: sittingId } },
        }),
      ),
  });
