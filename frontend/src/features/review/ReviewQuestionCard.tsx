import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import type { ReviewQuestion } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { RichText } from "@/shared/rich";
import { Badge, type Tone } from "@/shared/ui";
import { pointsText, type Verdict, verdictOf } from "./points";
import { ResponseText } from "./ResponseText";

const TONES: Record<Verdict, Tone> = {
  full: "safe",
  part: "warn",
  none: "danger",
  unmarked: "neutral",
};

/** One question again: what was asked, what one answered, what it was worth and why. */
export function ReviewQuestionCard({
  reviewed,
  passage,
}: {
  reviewed: ReviewQuestion;
  passage: string | null;
}) {
  const { t, i18n } = useTranslation("review");
  const { question, response, points, points_max, why, parts, key, feedback_html } = reviewed;
  const verdict = verdictOf(points, points_max);
  const amount = (value: number) => pointsText(value, i18n.language);
  return (
    <article className="rounded-xl border border-line bg-surface p-5 shadow-card sm:p-6">
      <header className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-lg font-semibold">{t("question", { number: question.number })}</h2>
        <p className="flex items-center gap-3">
          <Badge tone={TONES[verdict]}>{t(`verdict.${verdict}`)}</Badge>
          <span className="tabular font-semibold">
            {points === null
              ? t("noScore")
              : t("pointsOf", { points: amount(points), max: amount(points_max) })}
          </span>
        </p>
      </header>
      {passage !== null && (
        <details className="group mb-4 rounded-lg border border-line px-4 py-2">
          <summary className="flex list-none items-center gap-2 font-medium text-accent">
            <ChevronDown
              aria-hidden
              className="size-4 transition-transform group-open:rotate-180"
            />
            {t("passage")}
          </summary>
          <RichText html={passage} className="pt-3 pb-2" />
        </details>
      )}
      <RichText html={question.stem_html} />
      <div className={cx("mt-4 grid gap-4", key !== null && "md:grid-cols-2")}>
        <Answer title={t("yours")}>
          <ResponseText interaction={question.interaction} response={response} />
        </Answer>
        {key !== null && (
          <Answer title={t("right")} right>
            <ResponseText interaction={question.interaction} response={key} />
          </Answer>
        )}
      </div>
      {why !== null && why !== "" && <p className="mt-4 text-muted">{why}</p>}
      {parts.length > 0 && (
        <ul className="mt-3 flex flex-col gap-1 text-[0.9375rem]">
          {parts.map((part) => (
            <li key={part.label} className="flex flex-wrap justify-between gap-x-4">
              <span>
                <span className="font-medium">{part.label}</span>{" "}
                <span className="text-muted">{part.why}</span>
              </span>
              <span className="tabular">
                {t("pointsOf", { points: amount(part.points), max: amount(part.points_max) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {feedback_html !== null && feedback_html.trim() !== "" && (
        <div className="mt-4 rounded-lg bg-accent-soft px-4 py-3">
          <h3 className="mb-1 text-sm font-semibold text-accent">{t("feedback")}</h3>
          <RichText html={feedback_html} />
        </div>
      )}
    </article>
  );
}

function Answer({
  title,
  right = false,
  children,
}: {
  title: string;
  right?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={`min-w-0 rounded-lg px-4 py-3 ${right ? "bg-safe-soft" : "bg-sunken"}`}>
      <h3 className={`mb-1.5 text-sm font-semibold ${right ? "text-safe" : "text-muted"}`}>
        {title}
      </h3>
      {children}
    </section>
  );
}
