import { useEffect } from "react";
import { useTranslation } from "@/shared/i18n";
import { clock } from "@/shared/time";
import { announce } from "@/shared/ui";
import { leavesForGood, neighbour, whereabouts } from "../player/navigation";
import type { Player } from "../player/Player";
import { isAnswered } from "../response";
import type { ExamDialog } from "./ExamScreen";
import { type Act, SHORTCUTS } from "./shortcuts";
import { timeSentence } from "./timeSentence";

/** Listens for the shortcuts while the exam is on the screen. */
export function useShortcuts(player: Player, open: (dialog: ExamDialog) => void): void {
  const { t, i18n } = useTranslation("attempt");
  // An effect, because the keys are the whole page's, whatever has the focus.
  useEffect(() => {
    const go = (step: 1 | -1) => {
      const { paper, place, answers } = player.state;
      const at = whereabouts(player.state);
      const to = at && neighbour(at, step, clock.now());
      if (!paper || !to) return;
      // Leaving an empty question for good is asked about, and the button does the asking.
      const empty = place.current !== null && !isAnswered(answers[place.current]);
      if (empty && leavesForGood(place, paper, to.id)) announce(t("step.useButton"));
      else player.goTo(to.id);
    };
    const acts: Record<Act, () => void> = {
      next: () => go(1),
      previous: () => go(-1),
      flag: () => {
        const { current } = player.state.place;
        if (current === null) return;
        player.toggleFlag(current);
        announce(
          player.state.place.flagged.includes(current) ? t("step.flagged") : t("step.unflagged"),
        );
      },
      list: () => open("list"),
      time: () => {
        const { deadline } = player.state.attempt;
        if (deadline !== null) announce(timeSentence(t, i18n.language, deadline));
      },
      handIn: () => player.askHandIn(),
      keys: () => open("keys"),
    };
    const pressed = (event: KeyboardEvent) => {
      if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
      const shortcut = SHORTCUTS.find(({ code }) => code === event.code);
      if (shortcut === undefined || player.state.name === "paused") return;
      event.preventDefault();
      acts[shortcut.act]();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [player, open, t, i18n]);
}
