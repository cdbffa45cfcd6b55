import type { Sitting } from "@/shared/api/types-officer";
import { AllowMoveDialog } from "./AllowMoveDialog";
import { AnswerFileDialog } from "./AnswerFileDialog";
import { ExtraTimeDialog } from "./ExtraTimeDialog";
import { IncidentDialog } from "./IncidentDialog";
import { LateEntriesDialog } from "./LateEntriesDialog";
import { PauseDialog, ResumeDialog } from "./PauseDialog";
import { TerminateDialog } from "./TerminateDialog";
import type { WatchedRow } from "./triage";

/** What is being done, and to whom. */
export type Acting =
  | { readonly act: "time"; readonly to: readonly WatchedRow[] | null }
  | { readonly act: "terminate"; readonly row: WatchedRow }
  | { readonly act: "late"; readonly row: WatchedRow }
  | { readonly act: "move"; readonly row: WatchedRow }
  | { readonly act: "incident"; readonly rooms: readonly string[]; readonly room: string | null }
  | { readonly act: "answerFile" }
  | { readonly act: "pause"; readonly row: WatchedRow | null }
  | { readonly act: "resume"; readonly row: WatchedRow | null };

/** The dialog of what is being done. */
export function Actions({
  sitting,
  acting,
  onGiven,
  onLate,
  onDone,
  onClose,
}: {
  sitting: Sitting;
  acting: Acting;
  /** An attempt that was given time, of several. */
  onGiven: (attemptId: string) => void;
  /** The late entries of an attempt are looked at next. */
  onLate: (attemptId: string) => void;
  onDone: () => void;
  onClose: () => void;
}) {
  const ways = { sitting, onDone, onClose };
  if (acting.act === "time") return <ExtraTimeDialog to={acting.to} onGiven={onGiven} {...ways} />;
  if (acting.act === "terminate") return <TerminateDialog row={acting.row} {...ways} />;
  if (acting.act === "move") return <AllowMoveDialog row={acting.row} {...ways} />;
  if (acting.act === "incident")
    return <IncidentDialog rooms={acting.rooms} room={acting.room} {...ways} />;
  if (acting.act === "answerFile") return <AnswerFileDialog onLate={onLate} {...ways} />;
  if (acting.act === "pause") return <PauseDialog row={acting.row} {...ways} />;
  if (acting.act === "resume") return <ResumeDialog row={acting.row} {...ways} />;
  return <LateEntriesDialog row={acting.row} {...ways} />;
}
