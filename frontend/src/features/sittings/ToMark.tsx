import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { PenLine } from "lucide-react";
import { useTranslation } from "@/shared/i18n";
import { buttonClass, ErrorNote } from "@/shared/ui";
import { toMarkQuery } from "./api/listToMark";

/** Others mark too; what waits is asked for again this often. */
const REFRESH_MS = 60_000;

/** As many sittings as the server names. */
const SITTINGS_MAX = 100;

/** The sittings whose responses wait for a marker, and the way to each; nothing when none does. */
export function ToMark({ isWanted }: { isWanted: (title: string) => boolean }) {
  const { t } = useTranslation("sittings");
  const query = useQuery({ ...toMarkQuery, refetchInterval: REFRESH_MS });
  const mayBeMore = (query.data ?? []).length >= SITTINGS_MAX;
  const waiting = (query.data ?? []).filter(({ title }) => isWanted(title));
  if (waiting.length === 0 && query.error === null && !mayBeMore) return null;
  return (
    <section aria-labelledby="to-mark" className="mb-8">
      <h2 id="to-mark" className="mb-3 text-lg font-semibold">
        {t("toMark")}
      </h2>
      {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      <ul className="grid gap-4 xl:grid-cols-2">
        {waiting.map(({ sitting_id: sittingId, title, waiting: count }) => (
          <li
            key={sittingId}
            className="flex flex-wrap items-center justify-between gap-4 rounded-lg border border-line bg-surface p-5 shadow-card"
          >
            <div className="min-w-0">
              <p className="font-semibold">{title}</p>
              <p className="tabular text-sm text-muted">{t("responsesWait", { count })}</p>
            </div>
            <Link
              to="/officer/sittings/$sittingId/marking"
              params={{ sittingId }}
              className={buttonClass("primary")}
              aria-label={t("markOf", { title })}
            >
              <PenLine aria-hidden />
              {t("mark")}
            </Link>
          </li>
        ))}
      </ul>
      {mayBeMore && <p className="mt-3 text-muted">{t("toMarkMore", { most: SITTINGS_MAX })}</p>}
    </section>
  );
}
