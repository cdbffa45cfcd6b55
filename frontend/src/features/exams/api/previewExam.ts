import { queryOptions } from "@tanstack/react-query";
import { api, take } from "@/shared/api";

/** The exam as a candidate would see it: the draft, or a form of the newest publication. */
export const examPreviewQuery = (examId: string, form: number | null) =>
  queryOptions({
    queryKey: ["exams", examId, "preview", form],
    queryFn: ({ signal }) =>
      take(
        api.GET("/api/v1/exams/{exam_id}/preview", {
          params: {
            path: { exam_id: examId },
            query: form === null ? {} : { form_no: form },
          },
          signal,
        }),
      ),
    staleTime: 0,
    // The draft's draws are made anew each time: what is looked at stays while it is looked at.
    refetchOnWindowFocus: false,
  });
