import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet } from "@tanstack/react-router";
import { draftOf } from "@/features/questions/editor/draft";
import { QuestionEditor } from "@/features/questions/editor/QuestionEditor";
import { QuestionHeader } from "@/features/questions/QuestionHeader";
import { VersionsPage } from "@/features/questions/versions/VersionsPage";
import { bankQuery } from "@/shared/authoring/requests/readBank";
import { questionQuery } from "@/shared/authoring/requests/readQuestion";

const route = getRouteApi("/staff/author/questions/$questionId");

/** The question of the address and its bank; both were fetched before the page was drawn. */
function useQuestion() {
  const { questionId } = route.useParams();
  const { data: question } = useSuspenseQuery(questionQuery(questionId));
  const { data: bank } = useSuspenseQuery(bankQuery(question.bank_id));
  return { question, bank };
}

export function QuestionRoute() {
  return (
    <>
      <QuestionHeader {...useQuestion()} />
      <Outlet />
    </>
  );
}

export function QuestionEditRoute() {
  const { question, bank } = useQuestion();
  return (
    <QuestionEditor
      key={question.id}
      bank={bank}
      start={draftOf(question)}
      stored={question}
      onCreated={() => undefined}
    />
  );
}

export function QuestionVersionsRoute() {
  return <VersionsPage question={useQuestion().question} />;
}
