import { api, type Exam, take } from "@/shared/api";

/** Takes an exam's draft as the start of another one. */
export function duplicateExam(examId: string, title: string): Promise<Exam> {
  return take(
    api.POST("/api/v1/exams/{exam_id}/duplicate", {
      params: { path: { exam_id: examId } },
      body: { title },
    }),
  );
}
