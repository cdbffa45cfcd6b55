import { queryOptions } from "@tanstack/react-query";
import { api, takeTimed } from "@/shared/api";

/** How a sitting's attempts stand, without the attempts. */
export const countsQuery = (sittingId: string) =>
  queryOptions({
    queryKey: ["sittings", "counts", sittingId],
    queryFn: async () => {
      const list = await takeTimed(
        api.GET("/api/v1/exams/sittings/{sitting_id}/attempts", {
          params: { path: { sitting_id: sittingId }, query: { limit: 1 } },
        }),
        (body) => body.server_time,
      );
      return list.counts;
    },
  });
