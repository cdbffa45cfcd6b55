import { api, take } from "@/shared/api";
import type { RosterEntry, RosterStatus } from "@/shared/api/types-officer";

/** Puts people on the roster who have accounts; who is on it stays as they are. */
export function addToRoster(sittingId: string, accountIds: string[], allowClash: boolean) {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/roster", {
      params: { path: { sitting_id: sittingId } },
      body: { account_ids: accountIds, allow_clash: allowClash },
    }),
  );
}

/** Defers or withdraws a candidate, or expects them again. */
export function setRosterStatus(
  sittingId: string,
  attemptId: string,
  status: RosterStatus,
  reason: string,
): Promise<RosterEntry> {
  return take(
    api.PUT("/api/v1/exams/sittings/{sitting_id}/roster/{attempt_id}", {
      params: { path: { sitting_id: sittingId, attempt_id: attemptId } },
      body: { status, ...(reason !== "" && { reason }) },
    }),
  );
}

/** Sets the extra time that a candidate has by accommodation, here or from now on. */
export function setAccommodation(
  sittingId: string,
  attemptId: string,
  extra: { extra_percent: number; extra_minutes: number; standing: boolean },
): Promise<RosterEntry> {
  return take(
    api.PUT("/api/v1/exams/sittings/{sitting_id}/attempts/{attempt_id}/accommodation", {
      params: { path: { sitting_id: sittingId, attempt_id: attemptId } },
      body: extra,
    }),
  );
}
