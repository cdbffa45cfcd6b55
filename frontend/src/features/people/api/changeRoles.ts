import { api, take } from "@/shared/api";
import type { AccountDetails, RoleInUnit } from "@/shared/api/types-officer";

/** Gives an account a role in a unit and all below it. */
export function grantRole(id: string, body: RoleInUnit): Promise<AccountDetails> {
  return take(
    api.POST("/api/v1/auth/accounts/{account_id}/roles", {
      params: { path: { account_id: id } },
      body,
    }),
  );
}

/** Takes a role from an account. */
export function revokeRole(id: string, body: RoleInUnit): Promise<AccountDetails> {
  return take(
    api.POST("/api/v1/auth/accounts/{account_id}/roles/revoke", {
      params: { path: { account_id: id } },
      body,
    }),
  );
}
