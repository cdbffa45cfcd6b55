import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** The marks of one attempt, each with the reason for it. */
export const marksQuery = (sittingId: string, attemptId: string) =>
  queryOptions({
    queryKey: ["sittings", "marks", sittingId, attemptId],
    queryFn: () =>
      take(
        api.GET("/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/marks", {
          params: { path: { sitting_id: sittingId, attempt_id: attemptId } },
        }),
      ),
  });
