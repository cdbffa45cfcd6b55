import { take } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

/** Says which version of the attempt is on the screen; safe to repeat. */
export async function seeChanges(
  { client, attemptId }: AttemptAccess,
  lease: number,
  version: number,
): Promise<void> {
  await take(
    client.POST("/api/v1/exams/attempts/{attempt_id}/seen", {
      params: { path: { attempt_id: attemptId } },
      body: { lease_no: lease, version },
    }),
  );
}
