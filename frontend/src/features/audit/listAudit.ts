import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** What was done to accounts, roles, units and admissions, newest first. */
export const auditQuery = () =>
  infiniteQueryOptions({
    queryKey: ["audit"],
    queryFn: ({ pageParam }) =>
      take(
        api.GET("/api/v1/auth/audit", {
          params: { query: { limit: 100, ...(pageParam !== null && { after: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
