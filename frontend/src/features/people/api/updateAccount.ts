import { api, take } from "@/shared/api";
import type { AccountChange, AccountDetails } from "@/shared/api/types-officer";

export function updateAccount(id: string, body: AccountChange): Promise<AccountDetails> {
  return take(
    api.PATCH("/api/v1/auth/accounts/{account_id}", {
      params: { path: { account_id: id } },
      body,
    }),
  );
}
