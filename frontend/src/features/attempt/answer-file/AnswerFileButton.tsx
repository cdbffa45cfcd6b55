import { FileLock2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { clock, useNow } from "@/shared/time";
import { Button } from "@/shared/ui";
import type { Player } from "../player/Player";
import { isWaiting, type PlayerState } from "../player/state";
import { preparedAnswerFile } from "./prepare";

/** How long nothing has got through before a way around the network is offered, while the exam runs. */
const OFFERED_AFTER_MS = 2 * 60_000;

/** Offers the answer file where the network is long away, or was when time ended. */
export function AnswerFileButton({
  player,
  state,
  timeUp,
}: {
  player: Player;
  state: PlayerState;
  timeUp: boolean;
}) {
  const { t } = useTranslation("attempt");
  const [since] = useState(() => clock.now());
  const [open, setOpen] = useState(false);
  const now = useNow(5_000);
  const code = preparedAnswerFile();
  if (code === null || !player.answerFile.isReady) return null;
  const wanted = isWaiting(state) && (timeUp || now - since >= OFFERED_AFTER_MS);
  if (!wanted && !open) return null;
  return (
    <>
      <Button size="sm" icon={<FileLock2 aria-hidden />} onClick={() => setOpen(true)}>
        {t("notice.answerFile")}
      </Button>
      {open && <code.AnswerFileDialog player={player} state={state} close={() => setOpen(false)} />}
    </>
  );
}
