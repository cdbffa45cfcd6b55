import { type Attempt, takeTimed } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

/** Tells that a section with a time limit of its own was entered, counted from 0; safe to repeat. */
export async function enterSection(
  { client, attemptId }: AttemptAccess,
  lease: number,
  section: number,
): Promise<Attempt> {
  const { attempt } = await takeTimed(
    client.POST("/api/v1/exams/attempts/{attempt_id}/sections/{section}/enter", {
      params: { path: { attempt_id: attemptId, section } },
      body: { lease_no: lease },
    }),
    (body) => body.attempt.server_time,
  );
  return attempt;
}
