import { api, take } from "@/shared/api";
import type { AccountDetails } from "@/shared/api/types-officer";

/** Closes an account, or opens it again. */
export function setDisabled(id: string, disabled: boolean): Promise<AccountDetails> {
  const path = { params: { path: { account_id: id } } };
  return take(
    disabled
      ? api.POST("/api/v1/auth/accounts/{account_id}/disable", path)
      : api.POST("/api/v1/auth/accounts/{account_id}/enable", path),
  );
}
