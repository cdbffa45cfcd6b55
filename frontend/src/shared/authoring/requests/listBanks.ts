import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, take } from "../../api";

/** The banks that the person may see, newest first; or those that were put away. */
export const banksQuery = (archived = false) =>
  infiniteQueryOptions({
    queryKey: ["banks", "list", { archived }],
    queryFn: ({ pageParam, signal }) =>
      take(
        api.GET("/api/v1/questions/banks", {
          params: { query: { archived, ...(pageParam !== null && { after: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
