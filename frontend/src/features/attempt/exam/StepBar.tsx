import { ArrowLeft, ArrowRight, Flag, LayoutGrid, Send } from "lucide-react";
import { useState } from "react";
import type { CandidatePaper } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { clock } from "@/shared/time";
import { Button, Dialog } from "@/shared/ui";
import { leavesForGood, neighbour, whereabouts } from "../player/navigation";
import type { Player } from "../player/Player";
import type { PlayerState } from "../player/state";
import { asks, isAnswered } from "../response";

/** Back, flag, on. */
export function StepBar({
  player,
  state,
  paper,
  openList,
}: {
  player: Player;
  state: PlayerState;
  paper: CandidatePaper;
  openList: () => void;
}) {
  const { t } = useTranslation("attempt");
  const [leaving, setLeaving] = useState<string | null>(null);
  const { place, answers } = state;
  const { current } = place;
  const now = clock.now();
  const at = whereabouts(state);
  const before = at && neighbour(at, -1, now);
  const after = at && neighbour(at, 1, now);
  const flagged = current !== null && place.flagged.includes(current);
  const asked = paper.questions.filter(asks);
  const answered = asked.filter(({ id }) => isAnswered(answers[id])).length;
  const goOn = () => {
    if (after === null) return;
    const empty = current !== null && !isAnswered(answers[current]);
    if (empty && leavesForGood(place, paper, after.id)) setLeaving(after.id);
    else player.goTo(after.id);
  };
  return (
    <footer className="bottom-0 z-20 border-t border-line bg-surface [@media(min-height:32rem)]:sticky">
      <div className="mx-auto flex w-full max-w-[96rem] flex-wrap items-center justify-between gap-2 px-3 py-2.5 sm:px-8">
        <Button
          icon={<ArrowLeft aria-hidden />}
          disabled={before === null}
          onClick={() => before && player.goTo(before.id)}
        >
          <span className="max-sm:sr-only">{t("step.previous")}</span>
        </Button>
        <div className="flex items-center gap-2">
          <Button
            look="quiet"
            aria-pressed={flagged}
            icon={<Flag aria-hidden className={cx(flagged && "fill-current text-warn")} />}
            onClick={() => current !== null && player.toggleFlag(current)}
          >
            <span className="max-sm:sr-only">{flagged ? t("step.flagged") : t("step.flag")}</span>
          </Button>
          <Button
            look="quiet"
            className="lg:hidden"
            icon={<LayoutGrid aria-hidden />}
            onClick={openList}
          >
            <span className="sr-only">{t("list.title")}</span>
            <span aria-hidden="true" className="tabular">
              {answered}/{asked.length}
            </span>
          </Button>
        </div>
        {after === null ? (
          <Button look="primary" icon={<Send aria-hidden />} onClick={() => player.askHandIn()}>
            {t("handIn.button")}
          </Button>
        ) : (
          <Button look="primary" onClick={goOn}>
            {t("step.next")}
            <ArrowRight aria-hidden />
          </Button>
        )}
      </div>
      <Dialog
        open={leaving !== null}
        onOpenChange={() => setLeaving(null)}
        title={t("step.leaveTitle")}
        description={t("step.leaveLead")}
        width="sm"
        actions={
          <>
            <Button onClick={() => setLeaving(null)}>{t("step.stay")}</Button>
            <Button
              look="primary"
              onClick={() => {
                if (leaving !== null) player.goTo(leaving);
                setLeaving(null);
              }}
            >
              {t("step.leave")}
            </Button>
          </>
        }
      />
    </footer>
  );
}
