import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheckBig } from "lucide-react";
import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { plainText } from "@/shared/rich";
import { buttonClass, EmptyState, ErrorNote, Loading } from "@/shared/ui";
import { ProgressBar, StatTile } from "@/shared/ui/dense";
import { markingQuery } from "./api/marking";

const REFRESH_MS = 30_000;
/** What of a question is enough to know it again, in characters. */
const EXCERPT = 220;

/** The questions of a sitting that people mark, and how far each is. */
export function MarkingPage({ sitting }: { sitting: Sitting }) {
  const { t, i18n } = useTranslation("markers");
  const query = useQuery({ ...markingQuery(sitting.id), refetchInterval: REFRESH_MS });
  const overview = query.data;
  if (query.error && overview === undefined)
    return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (overview === undefined) return <Loading />;
  const ended = overview.unmarked + overview.partial + overview.marked;
  return (
    <div className="flex flex-col gap-6">
      <section aria-label={t("progress")} className="flex flex-wrap gap-3">
        <StatTile label={t("attemptsMarked")} value={`${overview.marked} / ${ended}`} tone="safe" />
        <StatTile label={t("attemptsWaiting")} value={overview.partial} tone="warn" />
        {overview.unfinished > 0 && (
          <StatTile label={t("attemptsRunning")} value={overview.unfinished} tone="accent" />
        )}
      </section>
      {overview.questions.length === 0 ? (
        <EmptyState icon={<CircleCheckBig />} title={t("nothing")}>
          {t("nothingLead")}
        </EmptyState>
      ) : (
        <section aria-labelledby="to-mark">
          <h2 id="to-mark" className="mb-3 text-lg font-semibold">
            {t("questions")}
          </h2>
          <ul className="flex flex-col gap-3">
            {overview.questions.map((question) => {
              const words = plainText(question.stem_html);
              const all = question.waiting + question.marked;
              return (
                <li
                  key={question.question_id}
                  className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-lg border border-line bg-surface px-5 py-4 shadow-card"
                >
                  <div className="min-w-0 flex-1 basis-72">
                    <p className="font-medium">
                      {words.length > EXCERPT ? `${words.slice(0, EXCERPT)}…` : words}
                    </p>
                    <p className="text-sm text-muted">
                      {t("worth", {
                        points: new Intl.NumberFormat(i18n.language).format(question.points_max),
                      })}
                    </p>
                  </div>
                  <div className="w-56 max-sm:w-full">
                    <ProgressBar
                      label={t("markedOf", { question: words.slice(0, 60) })}
                      value={question.marked}
                      max={all}
                      words={`${question.marked} / ${all}`}
                    />
                  </div>
                  <Link
                    to="/officer/sittings/$sittingId/marking/$questionId"
                    params={{ sittingId: sitting.id, questionId: question.question_id }}
                    className={buttonClass(question.waiting > 0 ? "primary" : "secondary")}
                  >
                    {question.waiting > 0
                      ? t("markWaiting", { count: question.waiting })
                      : t("lookAgain")}
                  </Link>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </div>
  );
}
