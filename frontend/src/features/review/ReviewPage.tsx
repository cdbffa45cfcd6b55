import { useQuery } from "@tanstack/react-query";
import { EyeOff } from "lucide-react";
import type { ReactNode } from "react";
import { type ApiClient, ApiError } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { EmptyState, ErrorNote, Loading } from "@/shared/ui";
import { getReview } from "./getReview";
import { ReviewHeader } from "./ReviewHeader";
import { ReviewQuestionCard } from "./ReviewQuestionCard";

/** Refusals that are no failures. */
const QUIET: Readonly<Record<string, "notOut" | "notSat">> = {
  "exam.not_released": "notOut",
  "exam.not_sat": "notSat",
};

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
  const quiet = review.error instanceof ApiError ? QUIET[review.error.code] : undefined;
  if (quiet !== undefined)
    return (
      <div className="flex flex-1 flex-col justify-center">
        <h1 tabIndex={-1} className="sr-only">
          {t(quiet)}
        </h1>
        <EmptyState icon={<EyeOff />} title={t(quiet)} action={home}>
          {t(`${quiet}Lead`)}
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
  const { questions, stimuli, solutions = [] } = review.data;
  const shown = questions.filter(({ question, mark }) => question !== null || mark !== null);
  return (
    <>
      <ReviewHeader review={review.data} home={home} />
      {shown.length === 0 && <p className="mt-6 text-muted">{t("scoreOnly")}</p>}
      <ol className="mt-8 flex flex-col gap-6">
        {shown.map((reviewed) => {
          const stimulus = reviewed.question?.stimulus ?? null;
          return (
            <li key={reviewed.id}>
              <ReviewQuestionCard
                reviewed={reviewed}
                passage={stimulus === null ? null : (stimuli[stimulus]?.html ?? null)}
                solution={solutions.find(({ question_id }) => question_id === reviewed.id) ?? null}
              />
            </li>
          );
        })}
      </ol>
    </>
  );
}
