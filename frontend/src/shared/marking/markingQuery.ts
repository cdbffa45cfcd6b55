import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** How the marking of a sitting stands, and the questions that people mark. */
export const markingQuery = (sittingId: string) =>
  queryOptions({
    queryKey: ["sittings", "marking", sittingId],
    queryFn: () =>
      take(
        api.GET("/api/v1/exams/sittings/{sitting_id}/marking", {
          params: { path: { sitting_id: sittingId } },
        }),
      ),
  });
