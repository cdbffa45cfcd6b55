import { api, take } from "@/shared/api";
import type { ExtraTimeGiven, LateEntry, LiveAttempt, Stall } from "@/shared/api/types-officer";

/** Gives one candidate more time, at once; under the same key once only. */
export function giveExtraTime(
  sittingId: string,
  attemptId: string,
  minutes: number,
  reason: string,
  idempotencyKey: string,
): Promise<LiveAttempt> {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/extra-time", {
      params: { path: { sitting_id: sittingId, attempt_id: attemptId } },
      body: { minutes, reason },
      headers: { "Idempotency-Key": idempotencyKey },
    }),
  );
}

/** Gives everybody more time, at once; under the same key once only. */
export function giveExtraTimeToAll(
  sittingId: string,
  minutes: number,
  reason: string,
  idempotencyKey: string,
): Promise<ExtraTimeGiven> {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/extra-time", {
      params: { path: { sitting_id: sittingId } },
      body: { minutes, reason },
      headers: { "Idempotency-Key": idempotencyKey },
    }),
  );
}

/** Lets a running attempt move to another device. */
export function allowMove(sittingId: string, attemptId: string): Promise<LiveAttempt> {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/allow-move", {
      params: { path: { sitting_id: sittingId, attempt_id: attemptId } },
      body: {},
    }),
  );
}

/** Ends an attempt now; what was saved before counts. */
export function terminateAttempt(
  sittingId: string,
  attemptId: string,
  reason: string,
): Promise<LiveAttempt> {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/terminate", {
      params: { path: { sitting_id: sittingId, attempt_id: attemptId } },
      body: { reason },
    }),
  );
}

/** What came after an attempt had closed, without what it says. */
export async function listLateEntries(sittingId: string, attemptId: string): Promise<LateEntry[]> {
  const { entries } = await take(
    api.GET("/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/late-entries", {
      params: { path: { sitting_id: sittingId, attempt_id: attemptId } },
    }),
  );
  return entries;
}

/** Lets everything count that came late, and has the attempt marked anew. */
export function admitLateEntries(sittingId: string, attemptId: string, reason: string) {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/late-entries/admit", {
      params: { path: { sitting_id: sittingId, attempt_id: attemptId } },
      body: { reason },
    }),
  );
}

/** When a candidate's device reached no server, by its own word. */
export async function listStalls(sittingId: string, attemptId: string): Promise<Stall[]> {
  const reply = await take(
    api.GET("/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/stalls", {
      params: { path: { sitting_id: sittingId, attempt_id: attemptId } },
    }),
  );
  return reply.stalls;
}
