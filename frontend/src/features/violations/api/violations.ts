import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";
import type { Judgement, Violation } from "@/shared/api/types-officer";

/** Which attempts of a sitting have violations, and how many. */
export const attemptsWithViolationsQuery = (sittingId: string) =>
  infiniteQueryOptions({
    queryKey: ["sittings", "violations", sittingId, "attempts"],
    queryFn: ({ pageParam }) =>
      take(
        api.GET("/api/v1/proctoring/sittings/{sitting_id}/attempts", {
          params: {
            path: { sitting_id: sittingId },
            query: { limit: 200, ...(pageParam !== null && { after: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** The violations of one attempt, newest first. */
export const violationsQuery = (sittingId: string, attemptId: string) =>
  infiniteQueryOptions({
    queryKey: ["sittings", "violations", sittingId, attemptId],
    queryFn: ({ pageParam }) =>
      take(
        api.GET("/api/v1/proctoring/sittings/{sitting_id}/violations", {
          params: {
            path: { sitting_id: sittingId },
            query: {
              limit: 100,
              attempt_id: attemptId,
              ...(pageParam !== null && { after: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** Judges a violation; a later judgement replaces an earlier one. */
export function judge(id: string, judgement: Judgement, note: string): Promise<Violation> {
  return take(
    api.POST("/api/v1/proctoring/violations/{violation_id}/judgement", {
      params: { path: { violation_id: id } },
      body: { judgement, note },
    }),
  );
}

/** Candidates whose names are looked up; proctoring itself knows attempts, not people. */
const NAMES_MAX = 2_000;

export interface Named {
  readonly name: string;
  readonly number: string;
}

/** Whose attempt each is, by the sitting's roster. */
export const namesQuery = (sittingId: string) =>
  queryOptions({
    queryKey: ["sittings", "names", sittingId],
    queryFn: async (): Promise<Record<string, Named>> => {
      const names: Record<string, Named> = {};
      let after: string | null = null;
      do {
        const page: {
          items: { attempt_id: string; candidate_name: string; candidate_number: string }[];
          next: string | null;
        } = await take(
          api.GET("/api/v1/exams/sittings/{sitting_id}/roster", {
            params: {
              path: { sitting_id: sittingId },
              query: { limit: 200, ...(after !== null && { after }) },
            },
          }),
        );
        for (const { attempt_id, candidate_name, candidate_number } of page.items)
          names[attempt_id] = { name: candidate_name, number: candidate_number };
        after = page.next;
      } while (after !== null && Object.keys(names).length < NAMES_MAX);
      return names;
    },
    staleTime: 60_000,
  });
