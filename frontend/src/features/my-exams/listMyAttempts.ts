import { api, type MyAttempt, take } from "@/shared/api";

/** Most exams that one page asks for. */
const ATTEMPTS_MAX = 200;

/** The signed-in candidate's exams: past, present and to come. */
export async function listMyAttempts(): Promise<MyAttempt[]> {
  const { items } = await take(
    api.GET("/api/v1/exams/me/attempts", { params: { query: { limit: ATTEMPTS_MAX } } }),
  );
  return items;
}
