import { api } from "@/shared/api";

/** A bank, or one of its categories, as a GIFT file. */
export async function exportQuestions(bankId: string, categoryId: string | null): Promise<Blob> {
  const { data } = await api.GET("/api/v1/questions/banks/{bank_id}/export", {
    params: {
      path: { bank_id: bankId },
      query: { format: "gift", ...(categoryId !== null && { category_id: categoryId }) },
    },
    parseAs: "blob",
  });
  return data ?? new Blob();
}
