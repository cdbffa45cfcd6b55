import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChartNoAxesColumn, FileDown } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useProblemText } from "@/shared/api";
import type { ResultRow, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { fileName, saveFile } from "@/shared/lib/saveFile";
import { useSettled } from "@/shared/lib/useSettled";
import {
  Badge,
  Button,
  EmptyState,
  ErrorNote,
  Loading,
  SearchField,
  Table,
  toast,
} from "@/shared/ui";
import { MoreRows, StatTile } from "@/shared/ui/dense";
import { exportResults } from "./api/exportResults";
import { resultsQuery } from "./api/listResults";
import { percentText, pointsText } from "./points";
import { ReleaseCard } from "./ReleaseCard";

/** A sitting's scores: at a glance, as a distribution, one by one; and their release. */
export function ResultsPage({
  sitting,
  distribution,
}: {
  sitting: Sitting;
  /** The picture of the scores, drawn by whoever counts them. */
  distribution: ReactNode;
}) {
  const { t, i18n } = useTranslation("results");
  const problem = useProblemText();
  const [words, setWords] = useState("");
  const search = useSettled(words.trim());
  const results = useInfiniteQuery({
    ...resultsQuery(sitting.id, search),
    placeholderData: (before) => before,
  });
  const save = useMutation({
    mutationFn: () => exportResults(sitting.id),
    onSuccess: (file) => saveFile(fileName(`${t("title")} ${sitting.title}`, "csv"), file),
    onError: (error) => toast(problem(error), "danger"),
  });
  const rows = results.data?.pages.flatMap((page) => page.items) ?? [];
  const summary = results.data?.pages[0]?.summary;
  const points = (amount: number | null) =>
    amount === null ? "–" : pointsText(amount, i18n.language);
  if (results.isPending) return <Loading />;
  if (summary === undefined)
    return (
      results.error && <ErrorNote error={results.error} onRetry={() => void results.refetch()} />
    );
  const ended = summary.unmarked + summary.partial + summary.marked;
  return (
    <div className="flex flex-col gap-6">
      {results.error && <ErrorNote error={results.error} onRetry={() => void results.refetch()} />}
      <section aria-label={t("glance")} className="flex flex-wrap gap-3">
        <StatTile
          label={t("marked")}
          value={`${summary.marked} / ${ended}`}
          tone={summary.marked === ended && ended > 0 ? "safe" : "warn"}
          note={
            summary.partial > 0
              ? t("waiting", { count: summary.partial })
              : summary.unfinished > 0
                ? t("unfinished", { count: summary.unfinished })
                : undefined
          }
        />
        <StatTile label={t("mean")} value={points(summary.mean)} />
        <StatTile label={t("lowest")} value={points(summary.lowest)} />
        <StatTile label={t("highest")} value={points(summary.highest)} />
        <StatTile label={t("absent")} value={summary.absent} />
      </section>
      <ReleaseCard sitting={sitting} summary={summary} />
      {distribution}
      {/* No region of its own: the table below is one already, by the same name. */}
      <div>
        <div className="mb-3 flex flex-wrap items-center gap-3">
          <h2 className="text-lg font-semibold">{t("scores")}</h2>
          <span className="flex-1" />
          <SearchField
            label={t("search")}
            value={words}
            onChange={setWords}
            className="w-full sm:w-64"
          />
          <Button
            icon={<FileDown aria-hidden />}
            busy={save.isPending}
            onClick={() => save.mutate()}
          >
            {t("export")}
          </Button>
        </div>
        <Table
          caption={t("scores")}
          rows={rows}
          rowKey={(row) => row.attempt_id}
          columns={[
            {
              key: "number",
              header: t("number"),
              className: "tabular",
              cell: (row) => row.candidate_number,
            },
            {
              key: "name",
              header: t("name"),
              heading: true,
              cell: (row) =>
                row.marking === "none" ? (
                  row.candidate_name
                ) : (
                  <Link
                    to="/officer/sittings/$sittingId/results/$attemptId"
                    params={{ sittingId: sitting.id, attemptId: row.attempt_id }}
                    className="text-accent underline-offset-4 hover:underline"
                  >
                    {row.candidate_name}
                  </Link>
                ),
            },
            { key: "state", header: t("state"), cell: (row) => <Standing row={row} /> },
            {
              key: "score",
              header: t("score"),
              numeric: true,
              cell: (row) =>
                row.score === null ? (
                  <span className="text-muted">–</span>
                ) : (
                  <>
                    <span className="font-semibold">{points(row.score)}</span>
                    <span className="text-muted"> / {points(row.points_max)}</span>
                  </>
                ),
            },
            {
              key: "percent",
              header: t("percent"),
              numeric: true,
              wideOnly: true,
              cell: (row) =>
                row.score === null ? "" : percentText(row.score, row.points_max, i18n.language),
            },
          ]}
          empty={
            <EmptyState
              icon={<ChartNoAxesColumn />}
              title={search === "" ? t("empty") : t("noneFound")}
            >
              {search === "" ? t("emptyLead") : t("noneFoundLead")}
            </EmptyState>
          }
        />
        {rows.length > 0 && (
          <MoreRows
            shown={rows.length}
            more={results.hasNextPage}
            busy={results.isFetchingNextPage}
            onMore={() => void results.fetchNextPage()}
          />
        )}
      </div>
    </div>
  );
}

/** Where a candidate's result stands. */
function Standing({ row }: { row: ResultRow }) {
  const { t } = useTranslation("results");
  const staff = useTranslation("staff");
  if (row.roster_status !== "expected")
    return <Badge>{staff.t(`state.${row.roster_status}`)}</Badge>;
  if (row.marking === "partial") return <Badge tone="warn">{t("marking.partial")}</Badge>;
  if (row.marking === "marked") return <Badge tone="safe">{t("marking.marked")}</Badge>;
  if (row.ended_at !== null) return <Badge tone="accent">{t("marking.none")}</Badge>;
  return <Badge>{staff.t(`state.${row.state}`)}</Badge>;
}
