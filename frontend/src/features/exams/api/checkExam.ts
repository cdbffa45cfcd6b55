import { queryOptions } from "@tanstack/react-query";
import { api, type ExamCheck, take } from "@/shared/api";

/** Whether the stored draft could be published, and what speaks against it. */
export const checkQuery = (examId: string, version: number) =>
  queryOptions({
    queryKey: ["exams", examId, "check", version],
    queryFn: ({ signal }): Promise<ExamCheck> =>
      take(
        api.POST("/api/v1/exams/{exam_id}/check", {
          params: { path: { exam_id: examId } },
          signal,
        }),
      ),
    // The questions behind it may change any time.
    staleTime: 0,
  });
