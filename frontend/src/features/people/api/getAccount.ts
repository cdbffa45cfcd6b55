import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: ["accounts", "one", id],
    queryFn: () =>
      take(
        api.GET("/api/v1/auth/accounts/{account_id}", {
          params: { path: { account_id: id } },
        }),
      ),
  });
