import { api, take } from "@/shared/api";
import type { ActivationCode } from "@/shared/api/types-officer";

/** Takes a person's password away and ends their sessions; answers the code for a new password, this once. */
export function resetPassword(id: string): Promise<ActivationCode> {
  return take(
    api.POST("/api/v1/auth/accounts/{account_id}/reset", {
      params: { path: { account_id: id } },
    }),
  );
}
