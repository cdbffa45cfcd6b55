import { api, take } from "@/shared/api";
import type { Incident } from "@/shared/api/types-officer";

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
