import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FilePlus2, Plus, SearchX } from "lucide-react";
import { useState } from "react";
import type { Exam, ExamSummary } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { useSettled } from "@/shared/lib/useSettled";
import { moment } from "@/shared/time";
import {
  Badge,
  Button,
  type Column,
  EmptyState,
  ErrorNote,
  Loading,
  PageHeader,
  SearchField,
  Segmented,
  Table,
} from "@/shared/ui";
import { MoreRows } from "@/shared/ui/dense";
import { examsQuery } from "./api/listExams";
import { ExamDialog } from "./ExamDialog";

/** The exams of one's units. */
export function ExamsPage({ onOpen }: { onOpen: (exam: Exam) => void }) {
  const { t, i18n } = useTranslation("exams");
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<"current" | "archived">("current");
  const [typed, setTyped] = useState("");
  const search = useSettled(typed.trim(), 250);
  const list = useInfiniteQuery(
    examsQuery({
      ...(search !== "" && { search }),
      ...(shown === "archived" && { archived: true }),
    }),
  );
  const items = list.data?.pages.flatMap((page) => page.items);
  const make = (
    <Button look="primary" icon={<Plus aria-hidden />} onClick={() => setMaking(true)}>
      {t("new")}
    </Button>
  );
  const columns: Column<ExamSummary>[] = [
    {
      key: "title",
      header: t("title"),
      heading: true,
      cell: (exam) => (
        <Link
          to="/author/exams/$examId"
          params={{ examId: exam.id }}
          className="underline-offset-4 hover:underline"
        >
          {exam.title}
        </Link>
      ),
    },
    {
      key: "state",
      header: t("list.state"),
      cell: (exam) =>
        exam.publication_id === null ? (
          <Badge tone="warn">{t("state.unpublished")}</Badge>
        ) : (
          <Badge tone="safe">{t("list.published")}</Badge>
        ),
    },
    {
      key: "items",
      header: t("list.itemsHeader"),
      numeric: true,
      cell: (exam) => exam.item_count,
    },
    {
      key: "sections",
      header: t("list.sections"),
      numeric: true,
      wideOnly: true,
      cell: (exam) => exam.section_count,
    },
    {
      key: "duration",
      header: t("publications.duration"),
      numeric: true,
      className: "whitespace-nowrap",
      cell: (exam) => t("minutes", { count: exam.duration_minutes }),
    },
    {
      key: "changed",
      header: t("list.changed"),
      wideOnly: true,
      cell: (exam) => moment(exam.updated_at, i18n.language, { style: "date" }),
    },
  ];
  const empty =
    search !== "" ? (
      <EmptyState
        icon={<SearchX />}
        title={t("list.noHits")}
        action={<Button onClick={() => setTyped("")}>{t("list.showAll")}</Button>}
      />
    ) : shown === "archived" ? (
      <EmptyState title={t("list.noneArchived")} />
    ) : (
      <EmptyState icon={<FilePlus2 />} title={t("list.none")} action={make}>
        {t("list.noneLead")}
      </EmptyState>
    );
  return (
    <>
      <PageHeader title={t("exams")} lead={t("lead")} actions={make} />
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <SearchField
          label={t("list.search")}
          className="w-full max-w-sm"
          value={typed}
          onChange={setTyped}
        />
        <Segmented
          label={t("list.shown")}
          size="sm"
          value={shown}
          options={[
            { value: "current", label: t("list.current") },
            { value: "archived", label: t("state.archived") },
          ]}
          onChange={setShown}
        />
      </div>
      {list.error ? (
        <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      ) : items === undefined ? (
        <Loading />
      ) : (
        <>
          <Table
            caption={t("exams")}
            columns={columns}
            rows={items}
            rowKey={({ id }) => id}
            empty={empty}
          />
          {items.length > 0 && (
            <MoreRows
              shown={items.length}
              more={list.hasNextPage}
              busy={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
            />
          )}
        </>
      )}
      {making && <ExamDialog onDone={onOpen} onClose={() => setMaking(false)} />}
    </>
  );
}
