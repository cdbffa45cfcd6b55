import { queryOptions } from "@tanstack/react-query";
import { api, takeTimed } from "@/shared/api";
import type { LiveAttempt, LiveCounts, LiveList } from "@/shared/api/types-officer";

/** Attempts of one page; the server's bound. */
const PAGE = 200;
/** Attempts that are watched at once; in a larger sitting the server narrows the list by search. */
export const WATCHED_MAX = 1_000;

export interface Watched {
  readonly counts: LiveCounts;
  readonly attempts: readonly LiveAttempt[];
  /** The rooms of the sitting. */
  readonly rooms: readonly string[];
  /** Since when the clocks of the whole sitting stand. */
  readonly pausedAt: string | null;
  /** Whether there are more than are watched. */
  readonly more: boolean;
}

/** A sitting's attempts as they stand now, page by page. Corrects the page's clock on the way. */
export const attemptsQuery = (sittingId: string, search: string, room: string | null) =>
  queryOptions({
    queryKey: ["sittings", "live", sittingId, search, room],
    queryFn: async (): Promise<Watched> => {
      const attempts: LiveAttempt[] = [];
      let after: string | null = null;
      for (;;) {
        const page: LiveList = await takeTimed(
          api.GET("/api/v1/exams/sittings/{sitting_id}/attempts", {
            params: {
              path: { sitting_id: sittingId },
              query: {
                limit: PAGE,
                ...(search !== "" && { search }),
                ...(room !== null && { room }),
                ...(after !== null && { after }),
              },
            },
          }),
          (body) => body.server_time,
        );
        attempts.push(...page.items);
        after = page.next;
        if (after === null || attempts.length >= WATCHED_MAX)
          return {
            counts: page.counts,
            attempts,
            rooms: page.rooms,
            pausedAt: page.paused_at,
            more: after !== null,
          };
      }
    },
  });
