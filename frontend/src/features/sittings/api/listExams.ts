import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** The exams of the person's units, newest first. */
export const examsQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ["exams", "choose", search],
    queryFn: ({ pageParam }) =>
      take(
        api.GET("/api/v1/exams", {
          params: {
            query: {
              limit: 50,
              ...(search !== "" && { search }),
              ...(pageParam !== null && { after: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** An exam as it was published: its forms, among others. */
export const publicationQuery = (examId: string, publicationId: string) =>
  queryOptions({
    queryKey: ["exams", "publication", publicationId],
    queryFn: () =>
      take(
        api.GET("/api/v1/exams/{exam_id}/publications/{publication_id}", {
          params: { path: { exam_id: examId, publication_id: publicationId } },
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
