import { api, take } from "@/shared/api";

/** Takes away a bank that is empty. */
export async function deleteBank(bankId: string): Promise<void> {
  await take(
    api.DELETE("/api/v1/questions/banks/{bank_id}", { params: { path: { bank_id: bankId } } }),
  );
}
