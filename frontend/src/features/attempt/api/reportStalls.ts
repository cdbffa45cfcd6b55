import { take } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

/** A time in which this device reached no server, by the server's clock as far as it is known here. */
export interface Stall {
  from: string;
  until: string;
}

/** Says when this device reached no server; safe to repeat. */
export async function reportStalls(
  { client, attemptId }: AttemptAccess,
  lease: number,
  stalls: readonly Stall[],
): Promise<void> {
  await take(
    client.POST("/api/v1/exams/attempts/{attempt_id}/stalls", {
      params: { path: { attempt_id: attemptId } },
      body: { lease_no: lease, stalls: [...stalls] },
    }),
  );
}
