import { api, type Exam, take } from "@/shared/api";

export function archiveExam(examId: string): Promise<Exam> {
  return take(
    api.POST("/api/v1/exams/{exam_id}/archive", { params: { path: { exam_id: examId } } }),
  );
}
