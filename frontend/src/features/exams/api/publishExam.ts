import { api, take } from "@/shared/api";

/** Freezes the draft of `version` into papers. */
export function publishExam(examId: string, version: number) {
  return take(
    api.POST("/api/v1/exams/{exam_id}/publish", {
      params: { path: { exam_id: examId } },
      body: { version },
    }),
  );
}
