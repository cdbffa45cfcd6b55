import { queryOptions } from "@tanstack/react-query";
import { api, take } from "../../api";

/** A bank's categories, sorted as a tree: each before those that lie in it. */
export const categoriesQuery = (bankId: string) =>
  queryOptions({
    queryKey: ["banks", bankId, "categories"],
    queryFn: async ({ signal }) => {
      const { items } = await take(
        api.GET("/api/v1/questions/banks/{bank_id}/categories", {
          params: { path: { bank_id: bankId } },
          signal,
        }),
      );
      return items;
    },
  });
