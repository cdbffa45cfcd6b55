import { useTranslation } from "@/shared/i18n";
import { inWords, moment } from "@/shared/time";
import { Banner, Button } from "@/shared/ui";
import type { Player } from "../player/Player";
import type { PlayerState } from "../player/state";
import { useOutageText } from "./useOutageText";

/** More time has come, or the end has moved: in sight wherever one has scrolled to, until it is acknowledged. */
export function DeadlineMoved({ player, state }: { player: Player; state: PlayerState }) {
  const { t, i18n } = useTranslation("attempt");
  const outage = useOutageText(state.attempt);
  const { deadlineMoved, attempt } = state;
  // While the clock stands, nobody knows yet when the exam ends.
  if (deadlineMoved === null || state.name === "paused") return null;
  const given = attempt.credits.at(-1);
  const because =
    given &&
    (given.outage
      ? outage("notice.becauseOutage", given.outage)
      : t("notice.because", { why: given.reason }));
  const gained = Date.parse(deadlineMoved.to) - Date.parse(deadlineMoved.from);
  return (
    <Banner
      tone={gained > 0 ? "safe" : "warn"}
      title={
        deadlineMoved.paused
          ? t("notice.goesOn", { time: inWords(gained, i18n.language) })
          : gained > 0
            ? t("notice.moreTime", { time: inWords(gained, i18n.language) })
            : t("notice.lessTime")
      }
      actions={
        <Button size="sm" onClick={() => player.readDeadlineChange()}>
          {t("notice.gotIt")}
        </Button>
      }
    >
      {gained > 0 && !deadlineMoved.paused && because !== undefined && `${because} `}
      {t("notice.newEnd", {
        time: moment(deadlineMoved.to, i18n.language, {
          timeZone: attempt.time_zone,
          style: "time",
        }),
      })}
    </Banner>
  );
}
