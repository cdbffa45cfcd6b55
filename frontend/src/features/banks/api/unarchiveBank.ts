import { api, type Bank, take } from "@/shared/api";

export function unarchiveBank(bankId: string): Promise<Bank> {
  return take(
    api.POST("/api/v1/questions/banks/{bank_id}/unarchive", {
      params: { path: { bank_id: bankId } },
    }),
  );
}
