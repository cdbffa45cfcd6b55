import { Outlet } from "@tanstack/react-router";
import { CandidateViewContext } from "@/shared/authoring/candidateView";
import { CandidateView } from "./CandidateView";

/** The author's pages: all of them may show a question as the player draws it. */
export function AuthorPart() {
  return (
    <CandidateViewContext value={CandidateView}>
      <Outlet />
    </CandidateViewContext>
  );
}
