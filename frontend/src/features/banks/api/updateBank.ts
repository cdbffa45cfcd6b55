import { api, type Bank, take } from "@/shared/api";

export function updateBank(
  bankId: string,
  bank: { version: number; title: string; description: string; unit_path: string },
): Promise<Bank> {
  return take(
    api.PUT("/api/v1/questions/banks/{bank_id}", {
      params: { path: { bank_id: bankId } },
      body: bank,
    }),
  );
}
