import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FileCheck } from "lucide-react";
import type { Exam, Publication } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Badge, type Column, EmptyState, ErrorNote, Loading, Table } from "@/shared/ui";
import { MoreRows } from "@/shared/ui/dense";
import { publicationsQuery } from "./api/listPublications";

/** Every time the exam was published, newest first. */
export function Publications({ exam }: { exam: Exam }) {
  const { t, i18n } = useTranslation("exams");
  const list = useInfiniteQuery(publicationsQuery(exam.id));
  const items = list.data?.pages.flatMap((page) => page.items);
  if (list.error) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (items === undefined) return <Loading />;
  const columns: Column<Publication>[] = [
    {
      key: "number",
      header: t("publications.number"),
      heading: true,
      cell: (publication) => (
        <span className="flex items-center gap-2">
          <Link
            to="/author/exams/$examId/publications/$publicationId"
            params={{ examId: exam.id, publicationId: publication.id }}
            className="underline-offset-4 hover:underline"
          >
            {t("publications.one", { number: publication.number })}
          </Link>
          {publication.number === exam.publication?.number && (
            <Badge tone="safe">{t("publications.newest")}</Badge>
          )}
        </span>
      ),
    },
    { key: "title", header: t("publications.title"), cell: (publication) => publication.title },
    {
      key: "duration",
      header: t("publications.duration"),
      numeric: true,
      cell: (publication) => t("minutes", { count: publication.duration_minutes }),
    },
    {
      key: "at",
      header: t("publications.at"),
      cell: (publication) => moment(publication.published_at, i18n.language),
    },
  ];
  return (
    <>
      <Table
        caption={t("publications.label")}
        columns={columns}
        rows={items}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={<FileCheck />} title={t("publications.none")}>
            {t("publications.noneLead")}
          </EmptyState>
        }
      />
      {list.hasNextPage && (
        <MoreRows
          shown={items.length}
          more
          busy={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      )}
    </>
  );
}
