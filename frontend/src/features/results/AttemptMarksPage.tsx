import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Interaction, Outcome, QuestionResponse } from "@/shared/api";
import type { MarkView, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { useWhyText } from "@/shared/marking/useWhyText";
import { RichText } from "@/shared/rich";
import { moment } from "@/shared/time";
import { Badge, Crumbs, Disclosure, ErrorNote, Loading, type Tone } from "@/shared/ui";
import { StatTile } from "@/shared/ui/dense";
import { findResult } from "./api/findResult";
import { marksQuery } from "./api/readMarks";
import { percentText, pointsText } from "./points";

const TONES: Record<Outcome, Tone> = {
  correct: "safe",
  partial: "warn",
  wrong: "danger",
  unanswered: "neutral",
  needs_marking: "accent",
};

/** How a response is drawn; handed in, because a candidate's review draws it the same way. */
export type DrawResponse = (given: {
  interaction: Interaction;
  response: QuestionResponse | null;
}) => ReactNode;
export type NamePart = (interaction: Interaction, part: string) => string;

/** One candidate's marks, each with the reason for it: what an appeal is answered with. */
export function AttemptMarksPage({
  sitting,
  attemptId,
  drawResponse,
  namePart,
}: {
  sitting: Sitting;
  attemptId: string;
  drawResponse: DrawResponse;
  namePart: NamePart;
}) {
  const { t, i18n } = useTranslation("results");
  const query = useQuery(marksQuery(sitting.id, attemptId));
  const row = useQuery(findResult(sitting.id, attemptId)).data;
  const marks = query.data;
  if (query.error && marks === undefined)
    return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (marks === undefined) return <Loading />;
  const time = (instant: string | null) =>
    instant === null ? "–" : moment(instant, i18n.language, { timeZone: sitting.time_zone });
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      <div>
        <div className="mb-1 text-sm text-muted">
          <Crumbs label={t("crumbs")}>
            <Link to="/officer/sittings/$sittingId/results" params={{ sittingId: sitting.id }}>
              {t("scores")}
            </Link>
          </Crumbs>
        </div>
        <h2 className="text-xl font-semibold">
          {row ? `${row.candidate_name} · ${row.candidate_number}` : t("attempt")}
        </h2>
      </div>
      <section aria-label={t("glance")} className="flex flex-wrap gap-3">
        <StatTile
          label={t("score")}
          value={
            marks.score === null
              ? "–"
              : `${pointsText(marks.score, i18n.language)} / ${pointsText(marks.points_max, i18n.language)}`
          }
          note={
            marks.score === null
              ? undefined
              : percentText(marks.score, marks.points_max, i18n.language)
          }
          tone={marks.marking === "marked" ? "safe" : "warn"}
        />
        <StatTile
          label={t("state")}
          value={<span className="text-base">{t(`marking.${marks.marking}`)}</span>}
        />
        {row && (
          <>
            <StatTile
              label={t("started")}
              value={<span className="text-base">{time(row.started_at)}</span>}
            />
            <StatTile
              label={t("ended")}
              value={<span className="text-base">{time(row.ended_at)}</span>}
            />
          </>
        )}
      </section>
      <ol className="flex flex-col gap-4">
        {marks.marks.map((mark) => (
          <li key={mark.question_id}>
            <MarkCard
              mark={mark}
              stimulus={
                mark.question.stimulus === null
                  ? null
                  : (marks.stimuli[mark.question.stimulus]?.html ?? null)
              }
              drawResponse={drawResponse}
              namePart={namePart}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

function MarkCard({
  mark,
  stimulus,
  drawResponse,
  namePart,
}: {
  mark: MarkView;
  stimulus: string | null;
  drawResponse: DrawResponse;
  namePart: NamePart;
}) {
  const { t, i18n } = useTranslation("results");
  const why = useWhyText();
  const { marked, question } = mark;
  const points = (amount: number) => pointsText(amount, i18n.language);
  return (
    <article className="rounded-lg border border-line bg-surface shadow-card">
      <header className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-5 py-2.5">
        <h3 className="font-semibold">
          {mark.number > 0 ? t("question", { number: mark.number }) : t("text")}
        </h3>
        <span className="flex items-center gap-2">
          <Badge tone={TONES[marked.outcome]}>{t(`outcomes.${marked.outcome}`)}</Badge>
          <span className="tabular font-semibold">
            {points(marked.points)} / {points(marked.points_max)}
          </span>
        </span>
      </header>
      <div className="flex flex-col gap-4 px-5 py-4">
        {stimulus !== null && (
          <Disclosure summary={t("stimulus")}>
            <RichText html={stimulus} />
          </Disclosure>
        )}
        <RichText html={question.stem_html} />
        <div>
          <p className="text-sm font-medium text-muted">{t("given")}</p>
          {drawResponse({ interaction: question.interaction, response: mark.response })}
        </div>
        <div className="rounded-md bg-sunken px-4 py-3">
          <p className="text-sm font-medium text-muted">{t("why")}</p>
          <p>{why(marked.why)}</p>
          {marked.parts.length > 0 && (
            <ul className="mt-2 flex flex-col gap-1 text-sm">
              {marked.parts.map((part) => (
                <li key={part.part} className="flex flex-wrap gap-x-3">
                  <span className="min-w-0 flex-1 basis-48">
                    {namePart(question.interaction, part.part)}
                  </span>
                  <span className="text-muted">{why(part.why)}</span>
                  <span className="tabular font-medium">{points(part.points)}</span>
                </li>
              ))}
            </ul>
          )}
          {mark.comment !== "" && (
            <p className="mt-2 border-s-2 border-accent ps-3 whitespace-pre-wrap">{mark.comment}</p>
          )}
          <p className="mt-2 text-sm text-muted">
            {mark.marked_by === null
              ? t("byMachine", {
                  when: moment(mark.marked_at, i18n.language),
                  version: mark.key_version,
                })
              : t("byPerson", { when: moment(mark.marked_at, i18n.language) })}
          </p>
        </div>
      </div>
    </article>
  );
}
