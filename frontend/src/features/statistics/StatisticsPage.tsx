import { useQuery } from "@tanstack/react-query";
import { ChartColumn } from "lucide-react";
import { ApiError } from "@/shared/api";
import type { ScoreDistribution, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { Card, EmptyState, ErrorNote, Loading } from "@/shared/ui";
import { Facts, StatTile } from "@/shared/ui/dense";
import { DistributionChart } from "./DistributionChart";
import { statisticsQuery } from "./readStatistics";

/** A sitting in numbers: how far its attempts are, and how its scores are distributed. */
export function StatisticsPage({ sitting }: { sitting: Sitting }) {
  const { t } = useTranslation("statistics");
  const query = useQuery(statisticsQuery(sitting.id));
  const nothing = (
    <EmptyState icon={<ChartColumn />} title={t("empty")}>
      {t("emptyLead")}
    </EmptyState>
  );
  // Facts travel: a sitting that was scheduled a moment ago may not be known yet.
  if (query.error instanceof ApiError && query.error.status === 404) return nothing;
  if (query.error && query.data === undefined)
    return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading />;
  const { sitting: overview, distribution } = query.data;
  const { counts } = overview;
  return (
    <div className="flex flex-col gap-6">
      <section aria-label={t("counts")} className="flex flex-wrap gap-3">
        <StatTile label={t("started")} value={counts.started} tone="accent" />
        <StatTile label={t("over")} value={counts.submitted} tone="safe" />
        <StatTile label={t("handedIn")} value={counts.handed_in} />
        <StatTile label={t("marked")} value={counts.marked} tone="safe" />
        <StatTile label={t("partlyMarked")} value={counts.partly_marked} tone="warn" />
      </section>
      {distribution === null ? (
        nothing
      ) : (
        <div className="grid items-start gap-6 xl:grid-cols-[1.6fr_1fr]">
          <Card title={t("chart.title")}>
            <DistributionChart distribution={distribution} />
          </Card>
          <Card title={t("numbers")}>
            <Numbers distribution={distribution} />
          </Card>
        </div>
      )}
    </div>
  );
}

function Numbers({ distribution }: { distribution: ScoreDistribution }) {
  const { t, i18n } = useTranslation("statistics");
  const number = (value: number | null) =>
    value === null
      ? "–"
      : new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 }).format(value);
  const value = (amount: number | null) => <span className="tabular">{number(amount)}</span>;
  return (
    <>
      <p className="mb-4 text-sm text-muted">
        {distribution.scale === "percent"
          ? t("onPercent")
          : t("onPoints", { most: number(distribution.scale_max) })}
      </p>
      <Facts
        facts={[
          { term: t("scores"), value: value(distribution.count) },
          { term: t("mean"), value: value(distribution.mean) },
          { term: t("sd"), value: value(distribution.sd), note: t("sdNote") },
          { term: t("median"), value: value(distribution.median) },
          { term: t("lower"), value: value(distribution.lower_quartile), note: t("quartileNote") },
          { term: t("upper"), value: value(distribution.upper_quartile), note: t("quartileNote") },
          { term: t("lowest"), value: value(distribution.min) },
          { term: t("highest"), value: value(distribution.max) },
        ]}
      />
      {distribution.left_out > 0 && (
        <p className="mt-4 text-sm text-muted">{t("leftOut", { count: distribution.left_out })}</p>
      )}
    </>
  );
}
