import { getRouteApi, Link } from "@tanstack/react-router";
import { type ExamLinkProps, MyExamsPage } from "@/features/my-exams/MyExamsPage";
import { CandidateShell } from "../../shell/CandidateShell";

const route = getRouteApi("/my");

export function MyExamsRoute() {
  const { account } = route.useRouteContext();
  return (
    <CandidateShell>
      <MyExamsPage name={account.display_name} ExamLink={ExamLink} />
    </CandidateShell>
  );
}

function ExamLink({ attempt, to, className, children }: ExamLinkProps) {
  return (
    <Link
      to={to === "exam" ? "/exam/$attemptId" : "/exam/$attemptId/review"}
      params={{ attemptId: attempt.attempt_id }}
      className={className}
    >
      {children}
    </Link>
  );
}
