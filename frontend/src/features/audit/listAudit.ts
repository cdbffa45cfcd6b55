import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** The services that keep a log of what was done in them, by the names of their paths. */
export const PARTS = ["auth", "questions", "exams", "proctoring", "notifications"] as const;
export type Part = (typeof PARTS)[number];

/** What was done in one part of the system, newest first. */
export const auditQuery = (part: Part) =>
  infiniteQueryOptions({
    queryKey: ["audit", part],
    queryFn: ({ pageParam }) =>
      take(
        api.GET(`/api/v1/${part}/audit`, {
          params: { query: { limit: 100, ...(pageParam !== null && { after: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** Ids in one question to the server. */
const IDS_MAX = 100;

/** The names of people by their ids; who is gone has none. */
export const namesQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ["people", "names", ids],
    queryFn: async () => {
      const names = new Map<string, string>();
      for (let from = 0; from < ids.length; from += IDS_MAX) {
        const some = ids.slice(from, from + IDS_MAX).join(",");
        const { items } = await take(
          api.GET("/api/v1/auth/people", { params: { query: { ids: some, limit: IDS_MAX } } }),
        );
        for (const { id, display_name } of items) names.set(id, display_name);
      }
      return names;
    },
    enabled: ids.length > 0,
    placeholderData: (before) => before,
  });
