import { api, take } from "@/shared/api";

/** Lifts the wait after wrong passwords. */
export function unlockAccount(id: string): Promise<undefined> {
  return take(
    api.POST("/api/v1/auth/accounts/{account_id}/unlock", {
      params: { path: { account_id: id } },
    }),
  );
}
