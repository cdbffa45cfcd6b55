import { api, type Exam, take } from "@/shared/api";

export function restoreExam(examId: string): Promise<Exam> {
  return take(
    api.POST("/api/v1/exams/{exam_id}/restore", { params: { path: { exam_id: examId } } }),
  );
}
