import { ResultsPage } from "@/features/results/ResultsPage";
import { DistributionCard } from "@/features/statistics/DistributionCard";
import { StatisticsPage } from "@/features/statistics/StatisticsPage";
import { useSitting } from "./useSitting";

export function ResultsRoute() {
  const sitting = useSitting();
  return (
    <ResultsPage sitting={sitting} distribution={<DistributionCard sittingId={sitting.id} />} />
  );
}

export function StatisticsRoute() {
  return <StatisticsPage sitting={useSitting()} />;
}
