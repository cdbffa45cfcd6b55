import { useNavigate } from "@tanstack/react-router";
import { ExamsPage } from "@/features/exams/ExamsPage";

export function ExamsRoute() {
  const navigate = useNavigate();
  return (
    <ExamsPage
      onOpen={(exam) => void navigate({ to: "/author/exams/$examId", params: { examId: exam.id } })}
    />
  );
}
