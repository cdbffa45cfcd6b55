import { api, type Category, take } from "@/shared/api";

/** Renames a category, and moves it with all that lies in it. */
export function updateCategory(
  categoryId: string,
  name: string,
  parentId: string | null,
): Promise<Category> {
  return take(
    api.PUT("/api/v1/questions/categories/{category_id}", {
      params: { path: { category_id: categoryId } },
      body: { name, parent_id: parentId },
    }),
  );
}
