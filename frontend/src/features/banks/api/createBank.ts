import { api, type Bank, take } from "@/shared/api";

export function createBank(bank: {
  title: string;
  description: string;
  unit_path: string;
}): Promise<Bank> {
  return take(api.POST("/api/v1/questions/banks", { body: bank }));
}
