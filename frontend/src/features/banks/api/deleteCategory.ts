import { api, take } from "@/shared/api";

/** Takes away a category that is empty. */
export async function deleteCategory(categoryId: string): Promise<void> {
  await take(
    api.DELETE("/api/v1/questions/categories/{category_id}", {
      params: { path: { category_id: categoryId } },
    }),
  );
}
