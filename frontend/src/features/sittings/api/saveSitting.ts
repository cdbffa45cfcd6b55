import { api, take } from "@/shared/api";
import type { NewSitting, Sitting, SittingChange } from "@/shared/api/types-officer";

/** Schedules a sitting of an exam's newest publication. */
export function scheduleSitting(body: NewSitting): Promise<Sitting> {
  return take(api.POST("/api/v1/exams/sittings", { body }));
}

/** Changes a sitting: freely before it opens, afterwards only to give more time. */
export function updateSitting(id: string, body: SittingChange): Promise<Sitting> {
  return take(
    api.PUT("/api/v1/exams/sittings/{sitting_id}", {
      params: { path: { sitting_id: id } },
      body,
    }),
  );
}

/** Calls a sitting off that nobody has started. */
export function cancelSitting(id: string, reason: string): Promise<Sitting> {
  return take(
    api.POST("/api/v1/exams/sittings/{sitting_id}/cancel", {
      params: { path: { sitting_id: id } },
      body: { reason },
    }),
  );
}
