import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import type { ReviewMark, ReviewQuestion, Solution } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { useWhyText } from "@/shared/marking/useWhyText";
import { RichText } from "@/shared/rich";
import { Badge } from "@/shared/ui";
import { ClozeText } from "./ClozeText";
import { Explanations } from "./Explanations";
import { hasOptions, OptionList } from "./OptionList";
import { Pieces } from "./Pieces";
import { partName } from "./partName";
import { pointsText, TONES } from "./points";
import { ResponseText } from "./ResponseText";

/** One question again: what was asked, what one answered, what it was worth and why. */
export function ReviewQuestionCard({
  reviewed,
  passage,
  solution,
}: {
  reviewed: ReviewQuestion;
  passage: string | null;
  solution: Solution | null;
}) {
  const { t } = useTranslation("review");
  const { number, question, response, mark } = reviewed;
  // A text that asks nothing stands where it stood, without anything around it.
  if (number === 0)
    return question && <RichText html={question.stem_html} className="px-1 text-muted" />;
  const right = solution?.right ?? null;
  return (
    <article className="rounded-xl border border-line bg-surface p-5 shadow-card sm:p-6">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-lg font-semibold">{t("question", { number })}</h2>
        {mark && <Mark mark={mark} />}
      </header>
      {question && (
        <>
          {passage !== null && (
            <details className="group mt-3 rounded-lg border border-line px-4 py-2">
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
          <RichText html={question.stem_html} className="mt-3" />
          {question.interaction.type === "cloze" && (
            <ClozeText interaction={question.interaction} />
          )}
          <Pieces interaction={question.interaction} />
          {hasOptions(question.interaction) ? (
            <OptionList
              interaction={question.interaction}
              response={response ?? null}
              right={right}
            />
          ) : (
            <div className={cx("mt-4 grid gap-4", right !== null && "md:grid-cols-2")}>
              <Answer title={t("yours")}>
                <ResponseText interaction={question.interaction} response={response} />
              </Answer>
              {right !== null && (
                <Answer title={t("right")} good>
                  <ResponseText interaction={question.interaction} response={right} />
                </Answer>
              )}
            </div>
          )}
        </>
      )}
      {mark && <Reasons mark={mark} reviewed={reviewed} />}
      {solution && <Explanations solution={solution} />}
    </article>
  );
}

function Mark({ mark }: { mark: ReviewMark }) {
  const { t, i18n } = useTranslation("review");
  return (
    <p className="flex items-center gap-3">
      <Badge tone={TONES[mark.outcome]}>{t(`outcome.${mark.outcome}`)}</Badge>
      <span className="tabular font-semibold">
        {mark.outcome === "needs_marking"
          ? t("pending", { max: pointsText(mark.points_max, i18n.language) })
          : t("pointsOf", {
              points: pointsText(mark.points, i18n.language),
              max: pointsText(mark.points_max, i18n.language),
            })}
      </span>
    </p>
  );
}

/** Why a response is worth what it is worth, part by part where there are parts. */
function Reasons({ mark, reviewed }: { mark: ReviewMark; reviewed: ReviewQuestion }) {
  const { t, i18n } = useTranslation("review");
  const whyText = useWhyText();
  const { question } = reviewed;
  // What the outcome says already needs no sentence; nor, once a person has marked it, that a person marks it.
  const plain =
    ["right", "wrong", "unanswered"].includes(mark.why.code) ||
    (mark.by_person && mark.why.code === "by_marker");
  return (
    <div className="mt-4 flex flex-col gap-2">
      {!plain && <p className="text-muted">{whyText(mark.why)}</p>}
      {question && mark.parts.length > 0 && (
        <ul className="flex flex-col gap-1 text-[0.9375rem]">
          {mark.parts.map((part) => (
            <li key={part.part} className="flex flex-wrap justify-between gap-x-4">
              <span>
                <span className="font-medium">{partName(question.interaction, part.part, t)}</span>{" "}
                <span className="text-muted">{whyText(part.why)}</span>
              </span>
              <span className="tabular text-muted">
                {t("partPoints", {
                  count: Number(part.points.toFixed(2)),
                  points: pointsText(part.points, i18n.language),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {mark.comment !== "" && (
        <div className="rounded-lg bg-accent-soft px-4 py-3">
          <h3 className="mb-1 text-sm font-semibold text-accent">{t("comment")}</h3>
          <p className="whitespace-pre-wrap">{mark.comment}</p>
        </div>
      )}
    </div>
  );
}

function Answer({
  title,
  good = false,
  children,
}: {
  title: string;
  good?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={cx("min-w-0 rounded-lg px-4 py-3", good ? "bg-safe-soft" : "bg-sunken")}>
      <h3 className={cx("mb-1.5 text-sm font-semibold", good ? "text-safe" : "text-muted")}>
        {title}
      </h3>
      {children}
    </section>
  );
}
