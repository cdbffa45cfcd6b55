import { queryOptions } from "@tanstack/react-query";
import { api, type Draw, take } from "@/shared/api";

/** Questions on one page of a search, at most. */
const PAGE_MAX = 200;
/** Pages that are counted before it is enough to say "more than". */
const PAGES_MAX = 5;

/** How many questions a draw could take, and whether there are more than were counted. */
export interface Pool {
  count: number;
  more: boolean;
}

/** Counts the questions that a draw could take. Those that stand in the exam already are among them. */
export const poolQuery = ({ bank_id, category_id, tags = [], types = [] }: Draw) =>
  queryOptions({
    queryKey: ["questions", "pool", { bank_id, category_id, tags, types }],
    queryFn: async ({ signal }): Promise<Pool> => {
      let count = 0;
      let after: string | null = null;
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const found: { items: unknown[]; next: string | null } = await take(
          api.GET("/api/v1/questions/search", {
            params: {
              query: {
                bank_id,
                status: "ready",
                limit: PAGE_MAX,
                tag: tags,
                type: types,
                ...(category_id && { category_id }),
                ...(after !== null && { after }),
              },
            },
            signal,
          }),
        );
        count += found.items.length;
        after = found.next;
        if (after === null) return { count, more: false };
      }
      return { count, more: true };
    },
    enabled: bank_id !== "",
  });
