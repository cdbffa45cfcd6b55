import { type HeldResponse, take } from "@/shared/api";
import type { AttemptAccess } from "./attemptApi";

/** The answers as the server has them now. */
export async function getResponses({ client, attemptId }: AttemptAccess): Promise<HeldResponse[]> {
  const { responses } = await take(
    client.GET("/api/v1/exams/attempts/{attempt_id}/responses", {
      params: { path: { attempt_id: attemptId } },
    }),
  );
  return responses;
}
