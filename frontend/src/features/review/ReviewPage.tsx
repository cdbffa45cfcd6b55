import { useQuery } from "@tanstack/react-query";
import { EyeOff } from "lucide-react";
import type { ReactNode } from "react";
import { type ApiClient, ApiError } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { EmptyState, ErrorNote, Loading } from "@/shared/ui";
import { getReview } from "./getReview";
import { ReviewHeader } from "./ReviewHeader";
import { ReviewQuestionCard } from "./ReviewQuestionCard";

/** The released result: the score, and for each question one's own response, its marks and why. */
export function ReviewPage({
  attemptId,
  clientFor,
  home,
}: {
  attemptId: string;
  clientFor: (attemptId: string) => Promise<ApiClient>;
  home: ReactNode;
}) {
  const { t } = useTranslation("review");
  const review = useQuery({
    queryKey: ["review", attemptId],
    queryFn: async () => getReview(await clientFor(attemptId), attemptId),
  });
  if (review.isPending) return <Loading />;
  if (review.error instanceof ApiError && review.error.code === "exam.not_released")
    return (
      <div className="flex flex-1 flex-col justify-center">
        <h1 tabIndex={-1} className="sr-only">
          {t("notOut")}
        </h1>
        <EmptyState icon={<EyeOff />} title={t("notOut")} action={home}>
          {t("notOutLead")}
        </EmptyState>
      </div>
    );
  if (review.error)
    return (
      <div className="flex flex-col items-start gap-4">
        <h1 tabIndex={-1} className="text-2xl font-semibold">
          {t("title")}
        </h1>
        <ErrorNote error={review.error} onRetry={() => void review.refetch()} />
        {home}
      </div>
    );
  const { attempt, score, points_max, questions, stimuli } = review.data;
  return (
    <>
      <ReviewHeader
        attempt={attempt}
        score={score}
        pointsMax={points_max}
        questions={questions}
        home={home}
      />
      <ol className="mt-8 flex flex-col gap-6">
        {questions.map((reviewed) => (
          <li key={reviewed.question.id}>
            <ReviewQuestionCard
              reviewed={reviewed}
              passage={
                reviewed.question.stimulus === null
                  ? null
                  : (stimuli[reviewed.question.stimulus]?.html ?? null)
              }
            />
          </li>
        ))}
      </ol>
    </>
  );
}
