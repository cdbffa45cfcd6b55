import { type OpenedAttempt, takeTimed } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

/**
 * Takes the right to write to the attempt for this device; the same device gets its own again. A running attempt comes
 * from another device only with `takeOver`.
 */
export function openAttempt(
  { client, attemptId }: AttemptAccess,
  deviceId: string,
  takeOver: boolean,
): Promise<OpenedAttempt> {
  return takeTimed(
    client.POST("/api/v1/exams/attempts/{attempt_id}/open", {
      params: { path: { attempt_id: attemptId } },
      body: { device_id: deviceId, take_over: takeOver },
    }),
    ({ attempt }) => attempt.server_time,
  );
}
