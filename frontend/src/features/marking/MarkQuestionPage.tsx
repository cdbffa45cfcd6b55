import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowLeft, ArrowRight, CircleCheckBig } from "lucide-react";
import { useRef, useState } from "react";
import type { ResponseToMark, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { AskBeforeLeaving } from "@/shared/leave/AskBeforeLeaving";
import { RichText } from "@/shared/rich";
import {
  Badge,
  Banner,
  buttonClass,
  Crumbs,
  Disclosure,
  EmptyState,
  ErrorNote,
  IconButton,
  Loading,
} from "@/shared/ui";
import { MoreRows, ProgressBar } from "@/shared/ui/dense";
import { responsesQuery } from "./api/marking";
import { type MarkDraft, MarkForm } from "./MarkForm";
import { nextWaiting } from "./place";
import { ResponseToRead } from "./ResponseToRead";

/** One question across all candidates, without names: read, give points, go on. */
export function MarkQuestionPage({
  sitting,
  questionId,
}: {
  sitting: Sitting;
  questionId: string;
}) {
  const { t, i18n } = useTranslation("markers");
  const query = useInfiniteQuery(responsesQuery(sitting.id, questionId));
  /** Marks given here, over what the list said when it was read. */
  const [given, setGiven] = useState<ReadonlyMap<string, ResponseToMark>>(new Map());
  const [place, setPlace] = useState<number | null>(null);
  /** What was entered and not saved, by response: going on without saving loses nothing. */
  const drafts = useRef(new Map<string, MarkDraft>());
  const responses = (query.data?.pages.flatMap((page) => page.items) ?? []).map(
    (response) => given.get(response.response_ref) ?? response,
  );
  const question = query.data?.pages[0]?.question;
  if (query.error && question === undefined)
    return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (question === undefined) return <Loading />;
  const at = place ?? nextWaiting(responses, -1) ?? 0;
  const response = responses[at];
  const marked = responses.filter(({ points }) => points !== null).length;
  const finished = responses.length > 0 && marked === responses.length && !query.hasNextPage;
  const saved = (mark: ResponseToMark) => {
    drafts.current.delete(mark.response_ref);
    const next = new Map(given).set(mark.response_ref, mark);
    setGiven(next);
    const after = responses.map((one) => next.get(one.response_ref) ?? one);
    setPlace(nextWaiting(after, at) ?? Math.min(at + 1, responses.length - 1));
  };
  const go = (step: number) =>
    setPlace(Math.min(Math.max(0, at + step), Math.max(0, responses.length - 1)));
  return (
    <div className="flex flex-col gap-5">
      <AskBeforeLeaving
        unsaved={() => drafts.current.size > 0}
        texts={{
          title: t("leave.title"),
          lead: t("leave.lead"),
          leave: t("leave.leave"),
          stay: t("leave.stay"),
        }}
      />
      <div className="flex flex-wrap items-center justify-between gap-4">
        <div className="text-sm text-muted">
          <Crumbs label={t("crumbs")}>
            <Link to="/officer/sittings/$sittingId/marking" params={{ sittingId: sitting.id }}>
              {t("questions")}
            </Link>
          </Crumbs>
        </div>
        <div className="w-72 max-w-full">
          <ProgressBar
            label={t("progress")}
            value={marked}
            max={responses.length}
            words={t("markedCount", { marked, count: responses.length })}
          />
        </div>
      </div>
      {finished && (
        <Banner
          tone="safe"
          title={t("finished")}
          actions={
            <Link
              to="/officer/sittings/$sittingId/marking"
              params={{ sittingId: sitting.id }}
              className={buttonClass("primary", "sm")}
            >
              {t("toQuestions")}
            </Link>
          }
        >
          {t("finishedLead")}
        </Banner>
      )}
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)]">
        <section
          aria-labelledby="question"
          className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5 xl:sticky xl:top-20 xl:max-h-[calc(100dvh-7rem)] xl:overflow-y-auto"
        >
          <h2 id="question" className="flex items-baseline justify-between gap-3 font-semibold">
            {t("question")}
            <span className="text-sm font-normal text-muted">
              {t("worth", {
                points: new Intl.NumberFormat(i18n.language).format(question.points_max),
              })}
            </span>
          </h2>
          {question.stimulus_html !== null && (
            <Disclosure summary={t("stimulus")}>
              <RichText html={question.stimulus_html} />
            </Disclosure>
          )}
          <RichText html={question.stem_html} />
          {question.marking_notes_html !== null && (
            <Disclosure summary={t("notes")} open>
              <RichText html={question.marking_notes_html} />
            </Disclosure>
          )}
          {question.model_answer_html !== null && (
            <Disclosure summary={t("model")}>
              <RichText html={question.model_answer_html} />
            </Disclosure>
          )}
        </section>
        {response === undefined ? (
          <EmptyState icon={<CircleCheckBig />} title={t("noResponses")}>
            {t("noResponsesLead")}
          </EmptyState>
        ) : (
          <section aria-labelledby="response" className="flex flex-col gap-4">
            <div className="rounded-lg border border-line bg-surface shadow-card">
              <header className="flex items-center justify-between gap-3 border-b border-line px-4 py-2">
                <h2
                  id="response"
                  aria-live="polite"
                  className="flex items-center gap-2 font-semibold"
                >
                  {t("responseNo", { number: at + 1, count: responses.length })}
                  {response.points !== null && <Badge tone="safe">{t("isMarked")}</Badge>}
                </h2>
                <span className="flex gap-1">
                  <IconButton
                    size="sm"
                    label={t("previous")}
                    icon={<ArrowLeft aria-hidden />}
                    disabled={at === 0}
                    onClick={() => go(-1)}
                  />
                  <IconButton
                    size="sm"
                    label={t("following")}
                    icon={<ArrowRight aria-hidden />}
                    disabled={at >= responses.length - 1}
                    onClick={() => go(1)}
                  />
                </span>
              </header>
              <div className="px-5 py-4">
                <ResponseToRead
                  sittingId={sitting.id}
                  questionId={questionId}
                  response={response}
                />
              </div>
            </div>
            <MarkForm
              key={response.response_ref}
              sittingId={sitting.id}
              questionId={questionId}
              response={response}
              draft={drafts.current.get(response.response_ref)}
              onDraft={(draft) => {
                if (draft === undefined) drafts.current.delete(response.response_ref);
                else drafts.current.set(response.response_ref, draft);
              }}
              onSaved={saved}
              onMove={go}
            />
            {query.hasNextPage && (
              <MoreRows
                shown={responses.length}
                more
                busy={query.isFetchingNextPage}
                onMore={() => void query.fetchNextPage()}
              />
            )}
          </section>
        )}
      </div>
    </div>
  );
}
