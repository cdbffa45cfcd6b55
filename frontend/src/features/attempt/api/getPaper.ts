import { type CandidatePaper, take } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

export function getPaper({ client, attemptId }: AttemptAccess): Promise<CandidatePaper> {
  return take(
    client.GET("/api/v1/exams/attempts/{attempt_id}/paper", {
      params: { path: { attempt_id: attemptId } },
    }),
  );
}
