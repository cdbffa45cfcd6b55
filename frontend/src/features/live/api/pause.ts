import { api, take } from "@/shared/api";
import type { LiveAttempt, Sitting } from "@/shared/api/types-officer";

/** Stops one candidate's clock, at once. */
export function pauseAttempt(
  sittingId: string,
  attemptId: string,
  reason: string,
): Promise<LiveAttempt> {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/pause", {
      params: { path: { sitting_id: sittingId, attempt_id: attemptId } },
      body: { reason },
    }),
  );
}

/** Lets one candidate's clock run again. */
export function resumeAttempt(sittingId: string, attemptId: string): Promise<LiveAttempt> {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/resume", {
      params: { path: { sitting_id: sittingId, attempt_id: attemptId } },
    }),
  );
}

/** Stops everybody's clock, at once; nobody starts meanwhile. */
export function pauseSitting(sittingId: string, reason: string): Promise<Sitting> {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/pause", {
      params: { path: { sitting_id: sittingId } },
      body: { reason },
    }),
  );
}

/** Lets everybody's clock run again. */
export function resumeSitting(sittingId: string): Promise<Sitting> {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/resume", {
      params: { path: { sitting_id: sittingId } },
    }),
  );
}
