import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PenLine } from "lucide-react";
import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { markingQuery } from "@/shared/marking/markingQuery";
import { buttonClass, ErrorNote } from "@/shared/ui";

/** Of how many of the last sittings is asked what waits. */
const LOOKED_AT_MAX = 8;

/** The finished sittings whose responses wait for a marker, and the way to each; nothing when none does. */
export function ToMark({ finished }: { finished: readonly Sitting[] }) {
  const { t } = useTranslation("sittings");
  const open = finished
    .filter(({ released_at, cancelled_at }) => released_at === null && cancelled_at === null)
    .slice(0, LOOKED_AT_MAX);
  const overviews = useQueries({ queries: open.map(({ id }) => markingQuery(id)) });
  const waiting = open.flatMap((sitting, index) => {
    const questions = overviews[index]?.data?.questions ?? [];
    const count = questions.reduce((sum, question) => sum + question.waiting, 0);
    return count > 0 ? [{ sitting, count }] : [];
  });
  const failed = overviews.find(({ error }) => error !== null);
  if (waiting.length === 0 && !failed) return null;
  return (
    <section aria-labelledby="to-mark" className="mb-8">
      <h2 id="to-mark" className="mb-3 text-lg font-semibold">
        {t("toMark")}
      </h2>
      {failed?.error && <ErrorNote error={failed.error} onRetry={() => void failed.refetch()} />}
      <ul className="grid gap-4 xl:grid-cols-2">
        {waiting.map(({ sitting, count }) => (
          <li
            key={sitting.id}
            className="flex flex-wrap items-center justify-between gap-4 rounded-lg border border-line bg-surface p-5 shadow-card"
          >
            <div className="min-w-0">
              <p className="font-semibold">{sitting.title}</p>
              <p className="tabular text-sm text-muted">{t("responsesWait", { count })}</p>
            </div>
            <Link
              to="/officer/sittings/$sittingId/marking"
              params={{ sittingId: sitting.id }}
              className={buttonClass("primary")}
              aria-label={t("markOf", { title: sitting.title })}
            >
              <PenLine aria-hidden />
              {t("mark")}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
