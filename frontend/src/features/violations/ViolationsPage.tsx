import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import type { AttemptViolations, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Badge, Banner, EmptyState, ErrorNote, Loading, Table } from "@/shared/ui";
import { MoreRows } from "@/shared/ui/dense";
import { AttemptPanel } from "./AttemptPanel";
import { attemptsWithViolationsQuery, namesQuery } from "./api/violations";

const REFRESH_MS = 15_000;

/** What candidates' devices noticed, attempt by attempt. None of it proves anything: a person judges. */
export function ViolationsPage({
  sitting,
  attemptId,
  onChoose,
}: {
  sitting: Sitting;
  attemptId: string | null;
  onChoose: (attemptId: string | null) => void;
}) {
  const { t, i18n } = useTranslation("violations");
  const query = useInfiniteQuery({
    ...attemptsWithViolationsQuery(sitting.id),
    refetchInterval: REFRESH_MS,
  });
  const names = useQuery(namesQuery(sitting.id)).data ?? {};
  const rows = (query.data?.pages.flatMap((page) => page.items) ?? []).toSorted(
    (a, b) => b.waiting - a.waiting || b.recorded - a.recorded,
  );
  const name = (row: AttemptViolations) =>
    names[row.attempt_id]?.name ?? t("attempt", { id: row.attempt_id.slice(-6) });
  const chosen = rows.find((row) => row.attempt_id === attemptId);
  if (query.isPending) return <Loading />;
  return (
    <div className="flex flex-col gap-5">
      {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      <Banner live={false}>{t("lead")}</Banner>
      {query.data && rows.length === 0 ? (
        <EmptyState icon={<ShieldCheck />} title={t("none")}>
          {t("noneLead")}
        </EmptyState>
      ) : (
        <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
          <div className="min-w-0">
            <Table
              caption={t("attempts")}
              rows={rows}
              rowKey={(row) => row.attempt_id}
              selected={(row) => row.attempt_id === attemptId}
              columns={[
                {
                  key: "name",
                  header: t("candidate"),
                  heading: true,
                  cell: (row) => (
                    <button
                      type="button"
                      aria-expanded={row.attempt_id === attemptId}
                      onClick={() => onChoose(row.attempt_id === attemptId ? null : row.attempt_id)}
                      className="text-start text-accent underline-offset-4 hover:underline"
                    >
                      {name(row)}
                      <span className="tabular block text-sm font-normal text-muted">
                        {names[row.attempt_id]?.number}
                      </span>
                    </button>
                  ),
                },
                {
                  key: "waiting",
                  header: t("waiting"),
                  numeric: true,
                  cell: (row) =>
                    row.waiting > 0 ? <Badge tone="warn">{row.waiting}</Badge> : row.waiting,
                },
                {
                  key: "recorded",
                  header: t("recorded"),
                  numeric: true,
                  cell: (row) => row.recorded + row.left_out,
                },
                {
                  key: "confirmed",
                  header: t("confirmed"),
                  numeric: true,
                  cell: (row) => row.confirmed,
                },
                {
                  key: "last",
                  header: t("last"),
                  wideOnly: true,
                  cell: (row) =>
                    row.last_recorded_at === null ? (
                      "–"
                    ) : (
                      <span className="tabular whitespace-nowrap">
                        {moment(row.last_recorded_at, i18n.language, {
                          timeZone: sitting.time_zone,
                          style: "time",
                        })}
                      </span>
                    ),
                },
              ]}
            />
            <MoreRows
              shown={rows.length}
              more={query.hasNextPage}
              busy={query.isFetchingNextPage}
              onMore={() => void query.fetchNextPage()}
            />
          </div>
          {chosen && <AttemptPanel sitting={sitting} summary={chosen} name={name(chosen)} />}
        </div>
      )}
    </div>
  );
}
