import { type ApiClient, type Review, take } from "@/shared/api";

/** The marked attempt, once results are out; for a ticket or a signed-in candidate. */
export function getReview(client: ApiClient, attemptId: string): Promise<Review> {
  return take(
    client.GET("/api/v1/exams/attempts/{attempt_id}/review", {
      params: { path: { attempt_id: attemptId } },
    }),
  );
}
