import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { QuestionSummary, QuestionType } from "@/shared/api";
import { pointsText } from "@/shared/authoring/points";
import { QuestionTypeMark } from "@/shared/authoring/QuestionTypeMark";
import { QUESTION_TYPES } from "@/shared/authoring/questionTypes";
import { banksQuery } from "@/shared/authoring/requests/listBanks";
import { categoriesQuery } from "@/shared/authoring/requests/listCategories";
import { questionsQuery } from "@/shared/authoring/requests/searchQuestions";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { useSettled } from "@/shared/lib/useSettled";
import { Button, Dialog, EmptyState, ErrorNote, Loading, SearchField, Select } from "@/shared/ui";
import { MoreRows } from "@/shared/ui/dense";

/** Chooses questions from the banks. Only what is ready is offered: nothing else could be asked. */
export function PickQuestions({
  taken,
  onDone,
  onClose,
}: {
  /** Ids of the questions that stand in the exam already. */
  taken: ReadonlySet<string>;
  onDone: (questions: QuestionSummary[]) => void;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation("exams");
  const { t: words } = useTranslation("author");
  const banks = useInfiniteQuery(banksQuery());
  const all = banks.data?.pages.flatMap((page) => page.items) ?? [];
  const [bank, setBank] = useState("");
  const [category, setCategory] = useState("");
  const [type, setType] = useState<QuestionType | "">("");
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<ReadonlyMap<string, QuestionSummary>>(new Map());
  const q = useSettled(typed.trim(), 250);
  const categories = useQuery({ ...categoriesQuery(bank), enabled: bank !== "" });
  const list = useInfiniteQuery(
    questionsQuery({
      status: "ready",
      ...(q !== "" && { q }),
      ...(bank !== "" && { bank_id: bank }),
      ...(category !== "" && { category_id: category }),
      ...(type !== "" && { type: [type] }),
    }),
  );
  const questions = list.data?.pages.flatMap((page) => page.items);
  const toggle = (question: QuestionSummary) => {
    const next = new Map(chosen);
    if (!next.delete(question.id)) next.set(question.id, question);
    setChosen(next);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("pick.title")}
      width="xl"
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            look="primary"
            disabled={chosen.size === 0}
            onClick={() => onDone([...chosen.values()])}
          >
            {t("pick.add", { count: chosen.size })}
          </Button>
        </>
      }
    >
      <div className="mt-2 flex flex-wrap gap-2">
        <SearchField
          label={t("pick.search")}
          className="min-w-56 flex-1"
          value={typed}
          onChange={setTyped}
          autoFocus
        />
        <Select
          label={t("draw.bank")}
          labelHidden
          className="w-52"
          placeholder={t("pick.anyBank")}
          value={bank}
          options={all.map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(id) => {
            setBank(id);
            setCategory("");
          }}
        />
        {bank !== "" && (
          <Select
            label={t("draw.category")}
            labelHidden
            className="w-48"
            placeholder={t("draw.anyCategory")}
            value={category}
            options={(categories.data ?? []).map(({ id, path }) => ({
              value: id,
              label: path.join(" / "),
            }))}
            onChange={setCategory}
          />
        )}
        <Select
          label={t("pick.type")}
          labelHidden
          className="w-40"
          placeholder={t("pick.anyType")}
          value={type}
          options={QUESTION_TYPES.map((one) => ({ value: one, label: words(`types.${one}`) }))}
          onChange={setType}
        />
      </div>
      <div
        aria-busy={list.isPlaceholderData}
        className={cx("mt-3 min-h-72", list.isPlaceholderData && "opacity-60")}
      >
        {list.error ? (
          <ErrorNote error={list.error} />
        ) : questions === undefined ? (
          <Loading />
        ) : questions.length === 0 ? (
          <EmptyState title={t("pick.none")}>{t("pick.noneLead")}</EmptyState>
        ) : (
          <>
            <ul
              aria-label={t("pick.list")}
              className="divide-y divide-line rounded-lg border border-line"
            >
              {questions.map((question) => {
                const there = taken.has(question.id);
                const id = `pick-${question.id}`;
                return (
                  <li
                    key={question.id}
                    className={cx(
                      "flex items-start gap-3 px-3 py-2",
                      chosen.has(question.id) && "bg-accent-soft",
                      there && "text-muted",
                    )}
                  >
                    <input
                      id={id}
                      type="checkbox"
                      disabled={there}
                      checked={there || chosen.has(question.id)}
                      onChange={() => toggle(question)}
                      className="mt-1 size-[1.15rem] shrink-0 accent-accent"
                    />
                    <QuestionTypeMark type={question.question_type} className="mt-1" />
                    <label htmlFor={id} className="min-w-0 flex-1">
                      <span className="block truncate font-medium">
                        {question.title || question.excerpt}
                      </span>
                      <span className="block truncate text-sm text-muted">
                        {there
                          ? t("pick.there")
                          : [
                              question.title !== "" && question.excerpt,
                              ...question.tags.map((tag) => `#${tag}`),
                            ]
                              .filter(Boolean)
                              .join("  ")}
                      </span>
                    </label>
                    <span className="tabular shrink-0 text-sm">
                      {t("pick.points", { points: pointsText(question.points, i18n.language) })}
                    </span>
                  </li>
                );
              })}
            </ul>
            <MoreRows
              shown={questions.length}
              more={list.hasNextPage}
              busy={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
            />
          </>
        )}
      </div>
    </Dialog>
  );
}
