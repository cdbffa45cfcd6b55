import { type Attempt, type CandidatePaper, takeTimed } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

/** Begins working time, or finds it begun; safe to repeat. */
export function startAttempt(
  { client, attemptId }: AttemptAccess,
  lease: number,
): Promise<{ attempt: Attempt; paper: CandidatePaper }> {
  return takeTimed(
    client.POST("/api/v1/exams/attempts/{attempt_id}/start", {
      params: { path: { attempt_id: attemptId } },
      body: { lease_no: lease },
    }),
    ({ attempt }) => attempt.server_time,
  );
}
