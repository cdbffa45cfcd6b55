import { useState } from "react";
import { clock, usePast } from "@/shared/time";
import { isSectionOver, sectionEndsAt, standingOf, whereabouts } from "../player/navigation";
import type { Player } from "../player/Player";
import { mayWrite, type PlayerState } from "../player/state";
import { asks } from "../response";
import { Announcements } from "./Announcements";
import { HandInDialog } from "./HandInDialog";
import { KeysDialog } from "./KeysDialog";
import { Notices } from "./Notices";
import { Paused } from "./Paused";
import { QuestionList, QuestionListDialog } from "./QuestionList";
import { QuestionView } from "./QuestionView";
import { StepBar } from "./StepBar";
import { Stimulus } from "./Stimulus";
import { TopBar } from "./TopBar";
import { useShortcuts } from "./useShortcuts";
import { ViewDialog } from "./ViewDialog";
import { YourTime } from "./YourTime";

export type ExamDialog = "list" | "view" | "keys";

/** The exam itself: one screen from the first question to hand-in. */
export function ExamScreen({ player, state }: { player: Player; state: PlayerState }) {
  const [dialog, setDialog] = useState<ExamDialog | null>(null);
  const { paper, place } = state;
  const standing = paper && place.current !== null ? standingOf(paper, place.current) : null;
  const timeUp = usePast(state.attempt.deadline);
  const at = whereabouts(state);
  const sectionEnd = at && standing ? sectionEndsAt(at, standing.sectionIndex) : null;
  usePast(sectionEnd); // drawn again when the section's own time ends
  useShortcuts(player, setDialog);
  if (paper === null || at === null || standing === null) return null;
  const now = clock.now();
  const sectionOver = isSectionOver(at, standing.sectionIndex, now);
  const passage = standing.question.stimulus;
  const paused = state.name === "paused";
  const close = () => setDialog(null);
  return (
    <div className="flex flex-1 flex-col [--bar:4rem]">
      <Announcements state={state} />
      <TopBar player={player} state={state} open={setDialog} sectionEnd={sectionEnd} />
      <div className="flex flex-1">
        {!paused && (
          <aside className="sticky top-(--bar) hidden h-[calc(100dvh-var(--bar))] w-66 shrink-0 overflow-y-auto border-e border-line bg-surface p-4 lg:block">
            <QuestionList player={player} state={state} />
            <YourTime attempt={state.attempt} />
          </aside>
        )}
        <div className="flex min-w-0 flex-1 flex-col">
          <Notices player={player} state={state} timeUp={timeUp} sectionOver={sectionOver} />
          {paused ? (
            <Paused attempt={state.attempt} />
          ) : (
            <>
              <main
                className={
                  passage === null
                    ? "mx-auto w-full max-w-4xl flex-1 px-4 py-6 sm:px-8"
                    : "mx-auto grid w-full max-w-[96rem] flex-1 content-start gap-6 px-4 py-6 sm:px-8 xl:grid-cols-2 xl:gap-10"
                }
              >
                {passage !== null && (
                  <Stimulus key={passage} html={paper.stimuli[passage]?.html ?? ""} />
                )}
                <QuestionView
                  key={standing.question.id}
                  player={player}
                  state={state}
                  standing={standing}
                  total={paper.questions.filter(asks).length}
                  disabled={!mayWrite(state, now) || sectionOver}
                />
              </main>
              <StepBar
                player={player}
                state={state}
                paper={paper}
                openList={() => setDialog("list")}
              />
            </>
          )}
        </div>
      </div>
      <QuestionListDialog
        player={player}
        state={state}
        open={dialog === "list" && !paused}
        close={close}
      />
      <ViewDialog open={dialog === "view"} close={close} />
      <KeysDialog open={dialog === "keys"} close={close} />
      {!paused && <HandInDialog player={player} state={state} timeUp={timeUp} />}
    </div>
  );
}
