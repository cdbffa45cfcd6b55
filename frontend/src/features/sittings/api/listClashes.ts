import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** Candidates who are expected at another sitting at the same time. */
export const clashesQuery = (sittingId: string) =>
  queryOptions({
    queryKey: ["sittings", "clashes", sittingId],
    queryFn: () =>
      take(
        api.GET("/api/v1/exams/sittings/{sitting_id}/clashes", {
          params: { path: { sitting_id: sittingId } },
        }),
      ),
    select: ({ clashes }) => clashes,
  });
