import { queryOptions } from "@tanstack/react-query";
import { api, type MyAttempt, take } from "@/shared/api";

/** Most exams that one page asks for. */
const ATTEMPTS_MAX = 200;

/** The reader's exams by their sittings: what a message says of a time is true only with what holds now. */
export const myAttemptsQuery = (enabled: boolean) =>
  queryOptions({
    queryKey: ["messages", "my-attempts"],
    queryFn: async (): Promise<ReadonlyMap<string, MyAttempt>> => {
      const { items } = await take(
        api.GET("/api/v1/exams/me/attempts", { params: { query: { limit: ATTEMPTS_MAX } } }),
      );
      return new Map(items.map((attempt) => [attempt.sitting_id, attempt]));
    },
    enabled,
  });
