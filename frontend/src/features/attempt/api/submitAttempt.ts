import { type Attempt, takeTimed } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

/** Hands the attempt in; safe to repeat. */
export async function submitAttempt(
  { client, attemptId }: AttemptAccess,
  lease: number,
): Promise<Attempt> {
  const { attempt } = await takeTimed(
    client.POST("/api/v1/exams/attempts/{attempt_id}/submit", {
      params: { path: { attempt_id: attemptId } },
      body: { lease_no: lease },
    }),
    (body) => body.attempt.server_time,
  );
  return attempt;
}
