import type { ReactNode } from "react";
import type { MyAttempt } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import {
  clockFace,
  deviceZone,
  endMoment,
  inWords,
  moment,
  zoneLabel,
  zoneOffsetMinutes,
} from "@/shared/time";
import { Badge, buttonClass, type Tone } from "@/shared/ui";
import type { Standing } from "./group";
import type { ExamLinkProps } from "./MyExamsPage";

const TONES: Record<MyAttempt["state"] | "open" | "cancelled" | "deferred", Tone> = {
  open: "safe",
  cancelled: "danger",
  deferred: "warn",
  scheduled: "neutral",
  ready: "accent",
  in_progress: "warn",
  paused: "warn",
  submitted: "safe",
  terminated: "danger",
  absent: "neutral",
};

/** From here on the time until an exam opens is counted down. */
const COUNTDOWN_MS = 60 * 60_000;

export function ExamCard({
  attempt,
  standing,
  now,
  ExamLink,
}: {
  attempt: MyAttempt;
  standing: Standing;
  now: number;
  ExamLink: (props: ExamLinkProps) => ReactNode;
}) {
  const { t, i18n } = useTranslation("lobby");
  const running = attempt.state === "in_progress" || attempt.state === "paused";
  const handedIn = attempt.state === "submitted" || (running && attempt.closed);
  const opensAt = Date.parse(attempt.opens_at);
  const opensIn = opensAt - now;
  const isOpen = standing === "now" && !running && opensIn <= 0;
  // Called off, put off or open says more than where the attempt stands.
  const word = attempt.cancelled
    ? "cancelled"
    : attempt.deferred
      ? "deferred"
      : handedIn
        ? "submitted"
        : isOpen
          ? "open"
          : attempt.state;
  const elsewhere = [opensAt, Date.parse(attempt.entry_closes_at)].some(
    (at) => zoneOffsetMinutes(at, attempt.time_zone) !== zoneOffsetMinutes(at, deviceZone()),
  );
  const entryEnds = (options: { timeZone?: string }) =>
    endMoment(attempt.entry_closes_at, attempt.opens_at, i18n.language, options);
  return (
    <article
      className={cx(
        "flex flex-wrap items-center justify-between gap-x-6 gap-y-4 rounded-lg border bg-surface p-5 shadow-card",
        standing === "now" ? "border-accent" : "border-line",
      )}
    >
      <div className="min-w-0 flex-1 basis-64">
        <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-lg font-semibold">
          {attempt.title}
          <Badge tone={TONES[word]}>{t(`state.${word}`)}</Badge>
          {attempt.practice && <Badge tone="accent">{t("practice")}</Badge>}
        </h3>
        <p className="mt-1 text-muted">
          {moment(attempt.opens_at, i18n.language, { timeZone: attempt.time_zone })}
          {" · "}
          {inWords((attempt.duration_seconds + attempt.extra_seconds) * 1_000, i18n.language)}
        </p>
        {elsewhere && (
          <p className="text-sm text-muted">
            {zoneLabel(attempt.time_zone, opensAt)}
            {" · "}
            {t("yourTime", { time: moment(opensAt, i18n.language) })}
          </p>
        )}
        {standing === "now" && !running && opensIn > 0 && opensIn < COUNTDOWN_MS && (
          <p className="tabular mt-1 font-medium">{t("opensIn", { time: clockFace(opensIn) })}</p>
        )}
        {isOpen && (
          <p className="mt-1 font-medium">
            {t("entryUntil", { time: entryEnds({ timeZone: attempt.time_zone }) })}
            {elsewhere && (
              <span className="text-sm font-normal text-muted">
                {" · "}
                {t("yourTime", { time: entryEnds({}) })}
              </span>
            )}
          </p>
        )}
        {standing === "over" && !attempt.released && handedIn && (
          <p className="mt-1 text-muted">{t("notReleased")}</p>
        )}
      </div>
      {attempt.released && attempt.score !== null && attempt.points_max !== null && (
        <p className="flex items-baseline gap-1.5">
          <span className="tabular text-2xl font-semibold">
            {t("score", {
              score: points(attempt.score, i18n.language),
              max: points(attempt.points_max, i18n.language),
            })}
          </span>
          <span className="text-sm text-muted">{t("points")}</span>
        </p>
      )}
      {standing === "now" && (
        <ExamLink attempt={attempt} to="exam" className={buttonClass("primary", "lg")}>
          {running ? t("goOn") : t("enter")}
        </ExamLink>
      )}
      {standing === "later" && (
        <ExamLink attempt={attempt} to="exam" className={buttonClass("secondary")}>
          {t("look")}
        </ExamLink>
      )}
      {attempt.released && (
        <ExamLink attempt={attempt} to="review" className={buttonClass("secondary")}>
          {t("review")}
        </ExamLink>
      )}
    </article>
  );
}

/** Points to two decimals at most: the exact value has seven. */
function points(amount: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(amount);
}
