import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** Where a person is signed in. */
export const sessionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["accounts", "sessions", id],
    queryFn: () =>
      take(
        api.GET("/api/v1/auth/accounts/{account_id}/sessions", {
          params: { path: { account_id: id } },
        }),
      ),
    select: ({ items }) => items,
  });

/** Signs a person out everywhere. */
export function endSessions(id: string): Promise<undefined> {
  return take(
    api.DELETE("/api/v1/auth/accounts/{account_id}/sessions", {
      params: { path: { account_id: id } },
    }),
  );
}
