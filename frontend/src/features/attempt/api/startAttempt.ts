import { type Attempt, type StartedAttempt, takeTimed } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

/** Begins working time, or finds it begun; safe to repeat. */
export function startAttempt(
  { client, attemptId }: AttemptAccess,
  lease: number,
): Promise<StartedAttempt> {
  return takeTimed(
    client.POST("/api/v1/exams/attempts/{attempt_id}/start", {
      params: { path: { attempt_id: attemptId } },
      body: { lease_no: lease },
    }),
    ({ attempt }) => attempt.server_time,
  );
}

/** A start that was answered this soon after is this very start: nothing can have been answered yet. */
const FRESH_START_MS = 2_000;

/** Whether an attempt was started by the very request that was answered with it. */
export function isFresh({ started_at: startedAt, server_time: serverTime }: Attempt): boolean {
  return startedAt !== null && Date.parse(serverTime) - Date.parse(startedAt) < FRESH_START_MS;
}
