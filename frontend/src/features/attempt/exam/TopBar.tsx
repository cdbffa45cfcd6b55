import { Keyboard, Send, Settings2 } from "lucide-react";
import { useTranslation } from "@/shared/i18n";
import { Badge, Button, IconButton } from "@/shared/ui";
import type { Player } from "../player/Player";
import type { PlayerState } from "../player/state";
import { DeadlineMoved } from "./DeadlineMoved";
import type { ExamDialog } from "./ExamScreen";
import { SafetyLine } from "./SafetyLine";
import { TimeLeft } from "./TimeLeft";

/** What is always in sight: which exam, whether the answers are safe, how much time is left. */
export function TopBar({
  player,
  state,
  open,
  sectionEnd,
}: {
  player: Player;
  state: PlayerState;
  open: (dialog: ExamDialog) => void;
  sectionEnd: number | null;
}) {
  const { t } = useTranslation("attempt");
  const { attempt } = state;
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-surface">
      <div className="flex min-h-(--bar) flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 sm:gap-x-5 sm:px-5">
        <div className="min-w-0 flex-1 basis-32">
          <p className="truncate leading-tight font-semibold">{attempt.title}</p>
          <p className="flex items-center gap-2 truncate text-sm leading-tight text-muted">
            {attempt.candidate_name}
            {attempt.practice && <Badge tone="accent">{t("lobby.practice")}</Badge>}
          </p>
        </div>
        <div className="max-md:hidden">
          <SafetyLine state={state} />
        </div>
        {attempt.deadline !== null && state.name !== "paused" && (
          <TimeLeft
            deadline={attempt.deadline}
            moved={state.deadlineMoved !== null}
            sectionEnd={sectionEnd}
          />
        )}
        <div className="flex items-center">
          <IconButton
            label={t("keys.title")}
            icon={<Keyboard aria-hidden />}
            className="max-lg:hidden"
            onClick={() => open("keys")}
          />
          <IconButton
            label={t("view.title")}
            icon={<Settings2 aria-hidden />}
            onClick={() => open("view")}
          />
        </div>
        <Button
          icon={<Send aria-hidden />}
          className="max-sm:hidden"
          disabled={state.name === "paused"}
          onClick={() => player.askHandIn()}
        >
          {t("handIn.button")}
        </Button>
      </div>
      <div className="border-t border-line bg-ground px-3 py-1 md:hidden">
        <SafetyLine state={state} />
      </div>
      <DeadlineMoved player={player} state={state} />
    </header>
  );
}
