import { api, take } from "@/shared/api";
import type { CreatedAccount, NewAccount } from "@/shared/api/types-officer";

/** Makes an account without a password; the code with which its person chooses one is in the answer, and nowhere else. */
export function createAccount(body: NewAccount): Promise<CreatedAccount> {
  return take(api.POST("/api/v1/auth/accounts", { body }));
}
