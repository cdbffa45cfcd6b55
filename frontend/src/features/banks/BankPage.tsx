import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FileInput, FileQuestion, SearchX } from "lucide-react";
import { useState } from "react";
import type { Bank, QuestionSummary } from "@/shared/api";
import { categoriesQuery } from "@/shared/authoring/requests/listCategories";
import { tagsQuery } from "@/shared/authoring/requests/listTags";
import { questionsQuery } from "@/shared/authoring/requests/searchQuestions";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { Button, buttonClass, Disclosure, EmptyState, ErrorNote, Loading } from "@/shared/ui";
import { MoreRows } from "@/shared/ui/dense";
import { CategoryTree } from "./CategoryTree";
import { FilterBar } from "./FilterBar";
import { type BankFilter, isNarrowed, questionFilter } from "./filter";
import { QuestionList } from "./QuestionList";
import { QuickLook } from "./QuickLook";
import { SelectionBar } from "./SelectionBar";

const NONE: ReadonlySet<string> = new Set();

/** A bank: its categories on the left, its questions on the right. */
export function BankPage({
  bank,
  filter,
  onFilter,
}: {
  bank: Bank;
  filter: BankFilter;
  onFilter: (filter: BankFilter) => void;
}) {
  const { t } = useTranslation("banks");
  const categories = useQuery(categoriesQuery(bank.id)).data ?? [];
  const tags = useQuery(tagsQuery(bank.id)).data ?? [];
  const list = useInfiniteQuery(questionsQuery(questionFilter(bank.id, filter)));
  const questions = list.data?.pages.flatMap((page) => page.items);
  const [selected, setSelected] = useState(NONE);
  const [looked, setLooked] = useState<QuestionSummary | null>(null);
  const canEdit = bank.archived_at === null;
  // What isn't shown any more can't be meant.
  const chosen = (questions ?? []).filter(({ id }) => selected.has(id)).map(({ id }) => id);
  const narrow = (next: BankFilter) => {
    setSelected(NONE);
    onFilter(next);
  };
  const tree = (
    <CategoryTree
      bankId={bank.id}
      total={bank.questions}
      categories={categories}
      chosen={filter.category}
      canEdit={canEdit}
      onChoose={(category) => {
        const { category: _, ...rest } = filter;
        narrow(category === undefined ? rest : { ...rest, category });
      }}
    />
  );
  return (
    <>
      <div className="grid items-start gap-x-8 gap-y-4 lg:grid-cols-[15rem_minmax(0,1fr)] xl:grid-cols-[17rem_minmax(0,1fr)]">
        <Disclosure
          className="lg:hidden"
          summary={t("category.title")}
          note={categories.find(({ id }) => id === filter.category)?.path.join(" / ")}
        >
          {tree}
        </Disclosure>
        <div className="sticky top-20 max-h-[calc(100dvh-6rem)] overflow-y-auto max-lg:hidden">
          {tree}
        </div>
        <div className="min-w-0">
          <FilterBar filter={filter} tags={tags} onChange={narrow} />
          <div
            aria-busy={list.isPlaceholderData}
            className={cx("mt-3 transition-opacity", list.isPlaceholderData && "opacity-60")}
          >
            {list.error ? (
              <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
            ) : questions === undefined ? (
              <Loading />
            ) : questions.length > 0 ? (
              <>
                <QuestionList
                  questions={questions}
                  selected={selected}
                  onSelect={setSelected}
                  onLook={setLooked}
                />
                <MoreRows
                  shown={questions.length}
                  more={list.hasNextPage}
                  busy={list.isFetchingNextPage}
                  onMore={() => void list.fetchNextPage()}
                />
                <p className="mt-2 text-sm text-muted pointer-coarse:hidden">{t("list.keys")}</p>
              </>
            ) : isNarrowed(filter) ? (
              <EmptyState
                icon={<SearchX />}
                title={t("list.noHits")}
                action={<Button onClick={() => narrow({})}>{t("list.showAll")}</Button>}
              >
                {t("list.noHitsLead")}
              </EmptyState>
            ) : (
              <Empty bankId={bank.id} canEdit={canEdit} />
            )}
          </div>
          {chosen.length > 0 && (
            <SelectionBar
              ids={chosen}
              categories={categories}
              tags={tags}
              archived={filter.status === "archived"}
              onClear={() => setSelected(NONE)}
            />
          )}
        </div>
      </div>
      {looked && <QuickLook question={looked} onClose={() => setLooked(null)} />}
    </>
  );
}

function Empty({ bankId, canEdit }: { bankId: string; canEdit: boolean }) {
  const { t } = useTranslation("banks");
  return (
    <EmptyState
      icon={<FileQuestion />}
      title={t("empty.title")}
      action={
        canEdit && (
          <>
            <Link to="/author/banks/$bankId/import" params={{ bankId }} className={buttonClass()}>
              <FileInput aria-hidden />
              {t("empty.import")}
            </Link>
            <Link
              to="/author/banks/$bankId/new"
              params={{ bankId }}
              className={buttonClass("primary")}
            >
              {t("empty.write")}
            </Link>
          </>
        )
      }
    >
      {t("empty.lead")}
    </EmptyState>
  );
}
