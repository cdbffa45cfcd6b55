import { useEffect, useRef } from "react";
import { useTranslation } from "@/shared/i18n";
import { clock, inWords } from "@/shared/time";
import { announce } from "@/shared/ui";
import { safetyOf } from "../player/safety";
import type { PlayerState } from "../player/state";

/** When the time that is left is said unasked, in milliseconds before the end. */
const TOLD_AT_MS = [10 * 60_000, 5 * 60_000, 60_000];

/** Says the few things that somebody who only hears the page has to know unasked. Draws nothing. */
export function Announcements({ state }: { state: PlayerState }) {
  const { t, i18n } = useTranslation("attempt");
  const { deadline } = state.attempt;

  // An effect, because the passing of time is what it waits for.
  useEffect(() => {
    if (deadline === null) return;
    const left = () => Date.parse(deadline) - clock.now();
    let before = left();
    const timer = setInterval(() => {
      const now = left();
      const passed = TOLD_AT_MS.findLast((at) => before > at && now <= at);
      before = now;
      if (passed !== undefined) announce(t("time.left", { time: inWords(passed, i18n.language) }));
    }, 1_000);
    return () => clearInterval(timer);
  }, [deadline, t, i18n]);

  const offline = state.name === "offline";
  const { key, count } = safetyOf(state);
  const sentence = t(`safety.${key}`, { count });
  const wasOffline = useRef(offline);
  // An effect, because speech follows a change that has been drawn.
  useEffect(() => {
    if (offline === wasOffline.current) return;
    wasOffline.current = offline;
    announce(offline ? sentence : `${t("notice.back")} ${sentence}`);
  }, [offline, sentence, t]);

  return null;
}
