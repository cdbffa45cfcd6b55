import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { examQuery } from "@/features/exams/api/readExam";
import { PreviewPage } from "@/features/exams/preview/PreviewPage";

const route = getRouteApi("/staff/author/exams/$examId/preview");

export function ExamPreviewRoute() {
  const { examId } = route.useParams();
  const { data: exam } = useSuspenseQuery(examQuery(examId));
  return <PreviewPage exam={exam} />;
}
