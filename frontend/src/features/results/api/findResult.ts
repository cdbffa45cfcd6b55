import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";
import type { ResultRow } from "@/shared/api/types-officer";

/** Pages that are looked through for one candidate; a larger sitting shows the marks without a name. */
const PAGES_MAX = 10;

/** Whose attempt it is: the row of the result list. */
export const findResult = (sittingId: string, attemptId: string) =>
  queryOptions({
    queryKey: ["sittings", "result", sittingId, attemptId],
    queryFn: async (): Promise<ResultRow | null> => {
      let after: string | null = null;
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const list: { items: ResultRow[]; next: string | null } = await take(
          api.GET("/api/v1/exams/sittings/{sitting_id}/results", {
            params: {
              path: { sitting_id: sittingId },
              query: { limit: 200, ...(after !== null && { after }) },
            },
          }),
        );
        const found = list.items.find((row) => row.attempt_id === attemptId);
        if (found !== undefined) return found;
        after = list.next;
        if (after === null) return null;
      }
      return null;
    },
  });
