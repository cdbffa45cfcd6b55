import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type PublicationOutline, take } from "@/shared/api";

/** What stands in one form of a publication; publications never change. */
export const publicationQuery = (examId: string, publicationId: string, form: number) =>
  queryOptions({
    queryKey: ["exams", examId, "publications", publicationId, form],
    queryFn: ({ signal }): Promise<PublicationOutline> =>
      take(
        api.GET("/api/v1/exams/{exam_id}/publications/{publication_id}", {
          params: {
            path: { exam_id: examId, publication_id: publicationId },
            query: { form_no: form },
          },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
