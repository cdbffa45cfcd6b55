import { Link } from "@tanstack/react-router";
import { Eye, Layers } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import type { QuestionSummary } from "@/shared/api";
import { pointsText } from "@/shared/authoring/points";
import { QuestionTypeMark } from "@/shared/authoring/QuestionTypeMark";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { moment } from "@/shared/time";
import { Badge, IconButton } from "@/shared/ui";

/**
 * Many questions in little room. The arrow keys go from row to row, Enter opens, Space looks, X selects; with Shift a
 * range is selected.
 */
export function QuestionList({
  questions,
  selected,
  onSelect,
  onLook,
}: {
  questions: readonly QuestionSummary[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  onLook: (question: QuestionSummary) => void;
}) {
  const { t, i18n } = useTranslation("banks");
  const list = useRef<HTMLUListElement>(null);
  const anchor = useRef<number | null>(null);

  const select = (place: number, range: boolean) => {
    const next = new Set(selected);
    const id = questions[place]?.id;
    if (id === undefined) return;
    const on = !selected.has(id);
    const from = range && anchor.current !== null ? anchor.current : place;
    for (const question of questions.slice(Math.min(from, place), Math.max(from, place) + 1))
      if (on) next.add(question.id);
      else next.delete(question.id);
    anchor.current = place;
    onSelect(next);
  };
  const goTo = (place: number) =>
    list.current?.querySelectorAll<HTMLElement>("[data-row]")[place]?.focus();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = event.target instanceof HTMLElement ? event.target.dataset["row"] : undefined;
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = Number(row);
    const acts: Record<string, () => void> = {
      ArrowDown: () => goTo(Math.min(place + 1, questions.length - 1)),
      ArrowUp: () => goTo(Math.max(place - 1, 0)),
      Home: () => goTo(0),
      End: () => goTo(questions.length - 1),
      x: () => select(place, false),
      X: () => select(place, true),
      " ": () => {
        const question = questions[place];
        if (question) onLook(question);
      },
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  return (
    <ul
      ref={list}
      aria-label={t("list.title")}
      onKeyDown={onKeyDown}
      className="divide-y divide-line rounded-lg border border-line bg-surface"
    >
      {questions.map((question, place) => {
        const on = selected.has(question.id);
        const title = question.title || question.excerpt || t("list.untitled");
        return (
          <li
            key={question.id}
            className={cx(
              "group relative flex items-start gap-3 px-3 py-2.5 first:rounded-t-lg last:rounded-b-lg hover:bg-ground",
              on && "bg-accent-soft hover:bg-accent-soft",
            )}
          >
            <input
              type="checkbox"
              aria-label={t("list.select", { title })}
              checked={on}
              onChange={() => undefined}
              onClick={(event) => select(place, event.shiftKey)}
              className="relative z-10 mt-1 size-[1.15rem] shrink-0 accent-accent"
            />
            <QuestionTypeMark type={question.question_type} className="mt-1" />
            <div className="min-w-0 flex-1">
              <Link
                to="/author/questions/$questionId"
                params={{ questionId: question.id }}
                data-row={place}
                className="block truncate font-medium underline-offset-4 group-hover:underline"
              >
                {title}
              </Link>
              {question.title !== "" && (
                <p className="truncate text-sm text-muted">{question.excerpt}</p>
              )}
              {(question.tags.length > 0 || question.stimulus_id !== null) && (
                <p className="mt-0.5 flex flex-wrap gap-x-2 gap-y-0.5 text-xs text-muted">
                  {question.stimulus_id !== null && (
                    <span className="inline-flex items-center gap-1">
                      <Layers aria-hidden className="size-3" />
                      {t("list.shares")}
                    </span>
                  )}
                  {question.tags.map((tag) => (
                    <span key={tag}>#{tag}</span>
                  ))}
                </p>
              )}
            </div>
            <div className="flex shrink-0 items-center gap-3 text-sm">
              {question.archived_at !== null ? (
                <Badge>{t("filter.statuses.archived")}</Badge>
              ) : (
                question.state === "draft" && (
                  <Badge tone={question.ready_version === null ? "warn" : "neutral"}>
                    {question.ready_version === null ? t("list.draft") : t("list.newDraft")}
                  </Badge>
                )
              )}
              <span className="tabular w-16 text-end max-sm:hidden">
                {t("list.points", { points: pointsText(question.points, i18n.language) })}
              </span>
              <span
                title={moment(question.saved_at, i18n.language)}
                className="tabular w-28 text-end whitespace-nowrap text-muted max-lg:hidden"
              >
                {moment(question.saved_at, i18n.language, { style: "date" })}
              </span>
              <IconButton
                size="sm"
                label={t("list.look", { title })}
                icon={<Eye aria-hidden />}
                onClick={() => onLook(question)}
                className="-my-1 text-muted!"
              />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
