import { useInfiniteQuery } from "@tanstack/react-query";
import { FileQuestion } from "lucide-react";
import { useId, useState } from "react";
import type { ExamSummary } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { useSettled } from "@/shared/lib/useSettled";
import { inWords } from "@/shared/time";
import { Badge, EmptyState, ErrorNote, Loading, SearchField } from "@/shared/ui";
import { MoreRows } from "@/shared/ui/dense";
import { examsQuery } from "./api/listExams";

/** Chooses the exam that is sat; only published ones can be. */
export function ExamChooser({
  chosen,
  onChoose,
}: {
  chosen: string | null;
  onChoose: (exam: ExamSummary) => void;
}) {
  const { t, i18n } = useTranslation("sittings");
  const name = useId();
  const [words, setWords] = useState("");
  const exams = useInfiniteQuery({
    ...examsQuery(useSettled(words.trim())),
    placeholderData: (before) => before,
  });
  const all = exams.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="flex flex-col gap-4">
      <SearchField label={t("form.searchExams")} value={words} onChange={setWords} />
      {exams.error && <ErrorNote error={exams.error} onRetry={() => void exams.refetch()} />}
      {exams.isPending && <Loading />}
      {exams.data && all.length === 0 && (
        <EmptyState icon={<FileQuestion />} title={t("form.noExams")}>
          {t("form.noExamsLead")}
        </EmptyState>
      )}
      {all.length > 0 && (
        <fieldset>
          <legend className="sr-only">{t("form.exam")}</legend>
          <div className="flex flex-col gap-2">
            {all.map((exam) => {
              const published = exam.publication_id !== null;
              return (
                <label
                  key={exam.id}
                  className="flex items-center gap-3 rounded-lg border border-line bg-surface px-4 py-3 has-checked:border-accent has-checked:bg-accent-soft has-disabled:opacity-60 has-focus-visible:outline-2 has-focus-visible:outline-focus"
                >
                  <input
                    type="radio"
                    name={name}
                    checked={exam.id === chosen}
                    disabled={!published}
                    onChange={() => onChoose(exam)}
                    className="size-[1.15rem] shrink-0 accent-accent"
                  />
                  <span className="min-w-0 flex-1">
                    <span className="block font-medium">{exam.title}</span>
                    <span className="block text-sm text-muted">
                      {t("form.items", { count: exam.item_count })}
                      {" · "}
                      {inWords(exam.duration_minutes * 60_000, i18n.language)}
                    </span>
                  </span>
                  {!published && <Badge>{t("form.notPublished")}</Badge>}
                </label>
              );
            })}
          </div>
          <MoreRows
            shown={all.length}
            counted={t(exams.hasNextPage ? "form.shownMore" : "form.shown", { count: all.length })}
            more={exams.hasNextPage}
            busy={exams.isFetchingNextPage}
            onMore={() => void exams.fetchNextPage()}
          />
        </fieldset>
      )}
    </div>
  );
}
