import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, take } from "../../api";

/** A bank's shared texts, newest first. */
export const stimuliQuery = (bankId: string) =>
  infiniteQueryOptions({
    queryKey: ["banks", bankId, "stimuli"],
    queryFn: ({ pageParam, signal }) =>
      take(
        api.GET("/api/v1/questions/banks/{bank_id}/stimuli", {
          params: {
            path: { bank_id: bankId },
            query: { limit: 200, ...(pageParam !== null && { after: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
