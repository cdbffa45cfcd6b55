import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** Releases the results to the candidates; `force` while something still runs or waits to be marked. */
export function releaseResults(sittingId: string, force: boolean, reason: string) {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/release", {
      params: { path: { sitting_id: sittingId } },
      body: { force, ...(reason !== "" && { reason }) },
    }),
  );
}

/** Takes the release back. */
export function withdrawRelease(sittingId: string, reason: string) {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/withdraw-release", {
      params: { path: { sitting_id: sittingId } },
      body: { reason },
    }),
  );
}

/** What candidates will see, as the exam was published. */
export const releasePolicyQuery = (examId: string, publicationId: string) =>
  queryOptions({
    queryKey: ["exams", "publication", publicationId],
    queryFn: () =>
      take(
        api.GET("/api/v1/exams/{exam_id}/publications/{publication_id}", {
          params: { path: { exam_id: examId, publication_id: publicationId } },
        }),
      ),
    select: ({ rules }) => rules.release,
    staleTime: Number.POSITIVE_INFINITY,
  });
