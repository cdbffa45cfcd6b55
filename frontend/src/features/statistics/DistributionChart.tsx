import type { ScoreDistribution } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { Histogram } from "@/shared/ui/dense";

/** How scores are distributed, as a picture that is also a sentence and a table. */
export function DistributionChart({ distribution }: { distribution: ScoreDistribution }) {
  const { t, i18n } = useTranslation("statistics");
  const number = (value: number) =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 }).format(value);
  const unit = distribution.scale === "percent" ? t("percent") : t("points");
  const most = distribution.bins.reduce((best, bin) => (bin.count > best.count ? bin : best), {
    from: 0,
    to: 0,
    count: 0,
  });
  // A bin counts from its lower bound up to the next one's. Nobody scores above the maximum: the last ends there, and
  // one that begins there holds the full score alone.
  const end = (to: number) => Math.min(to, distribution.scale_max);
  const range = (from: number, to: number) =>
    from >= end(to) ? number(from) : `${number(from)}–${number(end(to))}`;
  const ofMost = end(most.to);
  return (
    <Histogram
      title={t("chart.title")}
      summary={t(most.from >= ofMost ? "chart.summaryAtOne" : "chart.summary", {
        count: distribution.count,
        mean: number(distribution.mean),
        median: number(distribution.median),
        from: number(most.from),
        to: number(ofMost),
        unit,
      })}
      barHeader={unit}
      countHeader={t("chart.candidates")}
      bars={[
        ...(distribution.below > 0 ? [{ label: `< 0`, count: distribution.below }] : []),
        ...distribution.bins.map((bin) => ({
          label: range(bin.from, bin.to),
          count: bin.count,
        })),
        ...(distribution.above > 0
          ? [{ label: `> ${number(distribution.scale_max)}`, count: distribution.above }]
          : []),
      ]}
    />
  );
}
