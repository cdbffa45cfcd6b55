import { api, type Exam, type ExamDefinition, take } from "@/shared/api";

/** Writes title and draft over `version`. What was published stays as it is. */
export function updateExam(
  examId: string,
  exam: { version: number; title: string; definition: ExamDefinition },
): Promise<Exam> {
  return take(
    api.PUT("/api/v1/exams/{exam_id}", { params: { path: { exam_id: examId } }, body: exam }),
  );
}
