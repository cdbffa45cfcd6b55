import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "@/shared/i18n";
import { Card } from "@/shared/ui";
import { DistributionChart } from "./DistributionChart";
import { statisticsQuery } from "./readStatistics";

/** The distribution alone, for pages that show scores; nothing while there is none to show. */
export function DistributionCard({ sittingId }: { sittingId: string }) {
  const { t } = useTranslation("statistics");
  const distribution = useQuery(statisticsQuery(sittingId)).data?.distribution;
  if (!distribution) return null;
  return (
    <Card title={t("chart.title")}>
      <DistributionChart distribution={distribution} />
    </Card>
  );
}
