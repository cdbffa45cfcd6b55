import type { ReactNode } from "react";
import type { Review } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Badge, Banner } from "@/shared/ui";
import { OUTCOMES, pointsText, TONES } from "./points";

/** The score on one look, and where it comes from. */
export function ReviewHeader({ review, home }: { review: Review; home: ReactNode }) {
  const { t, i18n } = useTranslation("review");
  const { score, points_max: pointsMax, ended_at: endedAt } = review;
  const marks = review.questions.flatMap(({ mark }) => mark ?? []);
  const share =
    score === null || pointsMax <= 0 ? null : Math.max(0, Math.min(1, score / pointsMax));
  return (
    <header className="flex flex-col gap-5 pt-4">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <p className="text-muted">{t("title")}</p>
          <h1 tabIndex={-1} className="text-3xl font-semibold tracking-tight">
            {review.title}
          </h1>
          {endedAt !== null && (
            <p className="mt-1 text-muted">
              {t("ended", { time: moment(endedAt, i18n.language, { timeZone: review.time_zone }) })}
            </p>
          )}
        </div>
        {home}
      </div>
      {!review.complete && <Banner live={false}>{t("incomplete")}</Banner>}
      {(score !== null || marks.length > 0) && (
        <div className="flex flex-wrap items-center gap-x-10 gap-y-4 rounded-xl border border-line bg-surface p-6 shadow-card">
          {score !== null && (
            <p>
              <span className="block text-sm text-muted">{t("score")}</span>
              <span className="tabular text-4xl font-semibold">
                {pointsText(score, i18n.language)}
              </span>
              <span className="tabular text-xl text-muted">
                {t("of", { max: pointsText(pointsMax, i18n.language) })}
              </span>
            </p>
          )}
          {share !== null && (
            <p>
              <span className="block text-sm text-muted">{t("share")}</span>
              <span className="tabular text-2xl font-semibold">
                {new Intl.NumberFormat(i18n.language, {
                  style: "percent",
                  maximumFractionDigits: 1,
                }).format(share)}
              </span>
            </p>
          )}
          <ul className="flex flex-wrap gap-2">
            {OUTCOMES.map((outcome) => {
              const count = marks.filter((mark) => mark.outcome === outcome).length;
              return (
                count > 0 && (
                  <li key={outcome}>
                    <Badge tone={TONES[outcome]}>{t(`counts.${outcome}`, { count })}</Badge>
                  </li>
                )
              );
            })}
          </ul>
        </div>
      )}
    </header>
  );
}
