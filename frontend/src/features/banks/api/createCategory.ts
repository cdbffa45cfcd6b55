import { api, type Category, take } from "@/shared/api";

export function createCategory(
  bankId: string,
  name: string,
  parentId: string | null,
): Promise<Category> {
  return take(
    api.POST("/api/v1/questions/banks/{bank_id}/categories", {
      params: { path: { bank_id: bankId } },
      body: { name, parent_id: parentId },
    }),
  );
}
