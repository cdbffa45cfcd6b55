import { type HandedIn, takeTimed } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

/** Hands the attempt in; safe to repeat. The receipt is the same each time. */
export function submitAttempt(
  { client, attemptId }: AttemptAccess,
  lease: number,
): Promise<HandedIn> {
  return takeTimed(
    client.POST("/api/v1/exams/attempts/{attempt_id}/submit", {
      params: { path: { attempt_id: attemptId } },
      body: { lease_no: lease },
    }),
    ({ attempt }) => attempt.server_time,
  );
}
