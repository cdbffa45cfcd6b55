import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { examQuery } from "@/features/exams/api/readExam";
import { PublicationPage } from "@/features/exams/PublicationPage";

const route = getRouteApi("/staff/author/exams/$examId/publications/$publicationId");

export function PublicationRoute() {
  const { examId, publicationId } = route.useParams();
  const { data: exam } = useSuspenseQuery(examQuery(examId));
  return <PublicationPage exam={exam} publicationId={publicationId} />;
}
