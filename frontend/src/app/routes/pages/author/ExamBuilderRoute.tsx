import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { examQuery } from "@/features/exams/api/readExam";
import { ExamBuilder } from "@/features/exams/builder/ExamBuilder";

const route = getRouteApi("/staff/author/exams/$examId");

export function ExamBuilderRoute() {
  const { examId } = route.useParams();
  const { tab = "paper" } = route.useSearch();
  const navigate = route.useNavigate();
  const { data: exam } = useSuspenseQuery(examQuery(examId));
  return (
    <ExamBuilder
      key={exam.id}
      exam={exam}
      tab={tab}
      onTab={(next) =>
        void navigate({ search: next === "paper" ? {} : { tab: next }, replace: true })
      }
    />
  );
}
