import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** The sittings of the person's units, the latest opening first. */
export const sittingsQuery = () =>
  infiniteQueryOptions({
    queryKey: ["sittings", "list"],
    queryFn: ({ pageParam }) =>
      take(
        api.GET("/api/v1/exams/sittings", {
          params: { query: { limit: 100, ...(pageParam !== null && { after: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
