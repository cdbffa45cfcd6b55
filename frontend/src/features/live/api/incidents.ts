import { api, take } from "@/shared/api";
import type { Incident, Outage } from "@/shared/api/types-officer";

/** Credits time to everybody in a room who is working, or in the whole sitting. */
export function reportIncident(
  sittingId: string,
  room: string | null,
  minutes: number,
  reason: string,
): Promise<Incident> {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/incidents", {
      params: { path: { sitting_id: sittingId } },
      body: { room, minutes, reason },
    }),
  );
}

/** Gives the time of an outage back that the sitting doesn't give back by itself; safe to repeat. */
export function creditOutage(sittingId: string, outageId: string, reason: string): Promise<Outage> {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/outages/{outage_id}/credit", {
      params: { path: { sitting_id: sittingId, outage_id: outageId } },
      body: { reason },
    }),
  );
}
