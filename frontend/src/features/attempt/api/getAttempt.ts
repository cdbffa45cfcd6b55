import { type Attempt, takeTimed } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

export function getAttempt({ client, attemptId }: AttemptAccess): Promise<Attempt> {
  return takeTimed(
    client.GET("/api/v1/exams/attempts/{attempt_id}", {
      params: { path: { attempt_id: attemptId } },
    }),
    (attempt) => attempt.server_time,
  );
}
