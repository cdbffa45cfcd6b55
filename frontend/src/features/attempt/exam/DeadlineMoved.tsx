import { useTranslation } from "@/shared/i18n";
import { inWords, moment } from "@/shared/time";
import { Banner, Button } from "@/shared/ui";
import type { Player } from "../player/Player";
import type { PlayerState } from "../player/state";

/** More time has come, or the end has moved: in sight wherever one has scrolled to, until it is acknowledged. */
export function DeadlineMoved({ player, state }: { player: Player; state: PlayerState }) {
  const { t, i18n } = useTranslation("attempt");
  const { deadlineMoved, attempt } = state;
  // While the clock stands, nobody knows yet when the exam ends.
  if (deadlineMoved === null || state.name === "paused") return null;
  const why = attempt.credits.at(-1)?.reason;
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
      {gained > 0 &&
        !deadlineMoved.paused &&
        why !== undefined &&
        `${t("notice.because", { why })} `}
      {t("notice.newEnd", {
        time: moment(deadlineMoved.to, i18n.language, {
          timeZone: attempt.time_zone,
          style: "time",
        }),
      })}
    </Banner>
  );
}
