import { type AttemptStatus, type SaveEntry, type SaveReceipt, takeTimed } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

/** Hands entries to the server; a receipt for each says that it is on the server's disk. Safe to repeat. */
export function saveResponses(
  { client, attemptId }: AttemptAccess,
  lease: number,
  entries: SaveEntry[],
  keepalive: boolean,
): Promise<{ receipts: SaveReceipt[]; attempt: AttemptStatus }> {
  return takeTimed(
    client.PUT("/api/v1/exams/attempts/{attempt_id}/responses", {
      params: { path: { attempt_id: attemptId } },
      body: { lease_no: lease, entries },
      keepalive,
      signal: AbortSignal.timeout(SAVE_TIMEOUT_MS),
    }),
    ({ attempt }) => attempt.server_time,
  );
}

/** A save without an answer for this long counts as not arrived, and is sent again. */
const SAVE_TIMEOUT_MS = 20_000;
