import { api, type Exam, take } from "@/shared/api";

/** Begins an exam with one empty section and the usual duration. */
export function createExam(title: string, unitId: string | null): Promise<Exam> {
  return take(api.POST("/api/v1/exams", { body: { title, unit_id: unitId } }));
}
