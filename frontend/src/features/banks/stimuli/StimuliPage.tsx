import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Layers, Plus } from "lucide-react";
import type { Bank, StimulusSummary } from "@/shared/api";
import { stimuliQuery } from "@/shared/authoring/requests/listStimuli";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { buttonClass, type Column, EmptyState, ErrorNote, Loading, Table } from "@/shared/ui";
import { MoreRows } from "@/shared/ui/dense";

/** The passages, pictures and tables that several questions of a bank share. */
export function StimuliPage({ bank }: { bank: Bank }) {
  const { t, i18n } = useTranslation("banks");
  const list = useInfiniteQuery(stimuliQuery(bank.id));
  const items = list.data?.pages.flatMap((page) => page.items);
  const make = bank.archived_at === null && (
    <Link
      to="/author/banks/$bankId/stimuli/$stimulusId"
      params={{ bankId: bank.id, stimulusId: "new" }}
      className={buttonClass("primary")}
    >
      <Plus aria-hidden />
      {t("stimuli.new")}
    </Link>
  );
  const columns: Column<StimulusSummary>[] = [
    {
      key: "title",
      header: t("stimuli.text"),
      heading: true,
      cell: (stimulus) => (
        <>
          <Link
            to="/author/banks/$bankId/stimuli/$stimulusId"
            params={{ bankId: bank.id, stimulusId: stimulus.id }}
            className="underline-offset-4 hover:underline"
          >
            {stimulus.title || stimulus.excerpt}
          </Link>
          {stimulus.title !== "" && (
            <span className="line-clamp-1 text-sm font-normal text-muted">{stimulus.excerpt}</span>
          )}
        </>
      ),
    },
    {
      key: "questions",
      header: t("stimuli.questions"),
      numeric: true,
      cell: (stimulus) => stimulus.questions,
    },
    {
      key: "saved",
      header: t("stimuli.saved"),
      wideOnly: true,
      cell: (stimulus) => moment(stimulus.saved_at, i18n.language, { style: "date" }),
    },
  ];
  if (list.error) return <ErrorNote error={list.error} onRetry={() => void list.refetch()} />;
  if (items === undefined) return <Loading />;
  if (items.length === 0)
    return (
      <EmptyState icon={<Layers />} title={t("stimuli.none")} action={make}>
        {t("stimuli.noneLead")}
      </EmptyState>
    );
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-muted">{t("stimuli.lead")}</p>
        {make}
      </div>
      <Table
        caption={t("tabs.stimuli")}
        columns={columns}
        rows={items}
        rowKey={(stimulus) => stimulus.id}
      />
      <MoreRows
        shown={items.length}
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  );
}
