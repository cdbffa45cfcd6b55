import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** An exam's publications, newest first. */
export const publicationsQuery = (examId: string) =>
  infiniteQueryOptions({
    queryKey: ["exams", examId, "publications"],
    queryFn: ({ pageParam, signal }) =>
      take(
        api.GET("/api/v1/exams/{exam_id}/publications", {
          params: {
            path: { exam_id: examId },
            query: pageParam === null ? {} : { after: pageParam },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
