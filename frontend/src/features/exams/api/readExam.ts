import { queryOptions } from "@tanstack/react-query";
import { api, type Exam, take } from "@/shared/api";

export const examQuery = (examId: string) =>
  queryOptions({
    queryKey: ["exams", examId],
    queryFn: ({ signal }): Promise<Exam> =>
      take(api.GET("/api/v1/exams/{exam_id}", { params: { path: { exam_id: examId } }, signal })),
  });
