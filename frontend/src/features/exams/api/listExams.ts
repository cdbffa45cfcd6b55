import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** The exams of one's units, newest first. */
export const examsQuery = (filter: { search?: string; archived?: boolean }) =>
  infiniteQueryOptions({
    queryKey: ["exams", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      take(
        api.GET("/api/v1/exams", {
          params: { query: { ...filter, ...(pageParam !== null && { after: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
