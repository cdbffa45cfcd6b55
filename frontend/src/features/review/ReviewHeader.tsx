import type { ReactNode } from "react";
import type { Attempt, ReviewQuestion } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Badge } from "@/shared/ui";
import { pointsText, verdictOf } from "./points";

/** The score on one look, and where it comes from. */
export function ReviewHeader({
  attempt,
  score,
  pointsMax,
  questions,
  home,
}: {
  attempt: Attempt;
  score: number | null;
  pointsMax: number;
  questions: readonly ReviewQuestion[];
  home: ReactNode;
}) {
  const { t, i18n } = useTranslation("review");
  const count = (verdict: ReturnType<typeof verdictOf>) =>
    questions.filter(({ points, points_max }) => verdictOf(points, points_max) === verdict).length;
  const share =
    score === null || pointsMax <= 0 ? null : Math.max(0, Math.min(1, score / pointsMax));
  return (
    <header className="flex flex-col gap-5 pt-4">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <p className="text-muted">{t("title")}</p>
          <h1 tabIndex={-1} className="text-3xl font-semibold tracking-tight">
            {attempt.title}
          </h1>
          <p className="mt-1 text-muted">
            {attempt.candidate_name}
            {attempt.submitted_at !== null && (
              <>
                {" · "}
                {t("handedIn", {
                  time: moment(attempt.submitted_at, i18n.language, {
                    timeZone: attempt.time_zone,
                  }),
                })}
              </>
            )}
          </p>
        </div>
        {home}
      </div>
      <div className="flex flex-wrap items-center gap-x-10 gap-y-4 rounded-xl border border-line bg-surface p-6 shadow-card">
        <p>
          <span className="block text-sm text-muted">{t("score")}</span>
          <span className="tabular text-4xl font-semibold">
            {score === null ? t("noScore") : pointsText(score, i18n.language)}
          </span>
          <span className="tabular text-xl text-muted">
            {t("of", { max: pointsText(pointsMax, i18n.language) })}
          </span>
        </p>
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
          <li>
            <Badge tone="safe">{t("counts.full", { count: count("full") })}</Badge>
          </li>
          <li>
            <Badge tone="warn">{t("counts.part", { count: count("part") })}</Badge>
          </li>
          <li>
            <Badge tone="danger">{t("counts.none", { count: count("none") })}</Badge>
          </li>
          {count("unmarked") > 0 && (
            <li>
              <Badge>{t("counts.unmarked", { count: count("unmarked") })}</Badge>
            </li>
          )}
        </ul>
      </div>
    </header>
  );
}
