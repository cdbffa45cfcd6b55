import { api, type Bank, take } from "@/shared/api";

export function archiveBank(bankId: string): Promise<Bank> {
  return take(
    api.POST("/api/v1/questions/banks/{bank_id}/archive", {
      params: { path: { bank_id: bankId } },
    }),
  );
}
