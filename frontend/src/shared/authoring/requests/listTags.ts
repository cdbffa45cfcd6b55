import { queryOptions } from "@tanstack/react-query";
import { api, take } from "../../api";

/** A bank's tags, the most used first. */
export const tagsQuery = (bankId: string) =>
  queryOptions({
    queryKey: ["banks", bankId, "tags"],
    queryFn: async ({ signal }) => {
      const { items } = await take(
        api.GET("/api/v1/questions/banks/{bank_id}/tags", {
          params: { path: { bank_id: bankId } },
          signal,
        }),
      );
      return items;
    },
  });
