import { getRouteApi } from "@tanstack/react-router";
import { MarkingPage } from "@/features/marking/MarkingPage";
import { MarkQuestionPage } from "@/features/marking/MarkQuestionPage";
import { useSitting } from "./useSitting";

const route = getRouteApi("/staff/officer/sittings/$sittingId/marking/$questionId");

export function MarkingRoute() {
  return <MarkingPage sitting={useSitting()} />;
}

export function MarkQuestionRoute() {
  const { questionId } = route.useParams();
  return <MarkQuestionPage key={questionId} sitting={useSitting()} questionId={questionId} />;
}
