import { queryOptions } from "@tanstack/react-query";
import { api, take } from "../../api";

export const bankQuery = (bankId: string) =>
  queryOptions({
    queryKey: ["banks", bankId],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/questions/banks/{bank_id}", {
          params: { path: { bank_id: bankId } },
          signal,
        }),
      ),
  });
