import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CalendarClock, CalendarPlus } from "lucide-react";
import { useState } from "react";
import { useMay } from "@/shared/api/permissions";
import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { inWords, useNow } from "@/shared/time";
import {
  buttonClass,
  EmptyState,
  ErrorNote,
  Loading,
  PageHeader,
  SearchField,
  Table,
} from "@/shared/ui";
import { MoreRows } from "@/shared/ui/dense";
import { sittingsQuery } from "./api/listSittings";
import { PhaseBadges } from "./PhaseBadge";
import { groupSittings } from "./phase";
import { RunningCard } from "./RunningCard";
import { ToMark } from "./ToMark";
import { WhenText } from "./WhenText";

/** Times pass while the page is looked at; the list is asked for again this often. */
const REFRESH_MS = 60_000;

/** Every sitting of one's units: what runs, what comes, what was. */
export function SittingsPage() {
  const { t } = useTranslation("sittings");
  const may = useMay();
  const now = useNow(5_000);
  const [words, setWords] = useState("");
  const query = useInfiniteQuery({ ...sittingsQuery(), refetchInterval: REFRESH_MS });
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const wanted = words.trim().toLowerCase();
  const isWanted = (name: string) => name.toLowerCase().includes(wanted);
  const found = all.filter(({ title, exam_title }) => isWanted(`${title} ${exam_title}`));
  const { running, upcoming, finished } = groupSittings(found, now);
  const schedule = may("manageSittings") && (
    <Link to="/officer/new" className={buttonClass("primary")}>
      <CalendarPlus aria-hidden />
      {t("schedule")}
    </Link>
  );
  return (
    <>
      <PageHeader title={t("title")} actions={schedule} />
      {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data && all.length === 0 && (
        <EmptyState icon={<CalendarClock />} title={t("none")} action={schedule}>
          {may("manageSittings") ? t("noneLead") : t("noneLeadOthers")}
        </EmptyState>
      )}
      {all.length > 0 && (
        <>
          <SearchField
            label={t("search")}
            value={words}
            onChange={setWords}
            className="mb-6 max-w-md"
          />
          {found.length === 0 && (
            <EmptyState icon={<CalendarClock />} title={t("noneFound")}>
              {t("noneFoundLead")}
            </EmptyState>
          )}
          {running.length > 0 && (
            <section aria-labelledby="running" className="mb-8">
              <h2 id="running" className="mb-3 text-lg font-semibold">
                {t("running")}
              </h2>
              <div className="grid gap-4 xl:grid-cols-2">
                {running.map((sitting) => (
                  <RunningCard key={sitting.id} sitting={sitting} />
                ))}
              </div>
            </section>
          )}
          {may("mark") && <ToMark isWanted={isWanted} />}
          {upcoming.length > 0 && (
            <Group id="upcoming" title={t("upcoming")} sittings={upcoming} now={now} />
          )}
          {finished.length > 0 && (
            <Group id="finished" title={t("finished")} sittings={finished} now={now} />
          )}
          <MoreRows
            shown={found.length}
            counted={t(query.hasNextPage ? "shownMore" : "shown", { count: found.length })}
            more={query.hasNextPage}
            busy={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        </>
      )}
    </>
  );
}

function Group({
  id,
  title,
  sittings,
  now,
}: {
  id: "upcoming" | "finished";
  title: string;
  sittings: readonly Sitting[];
  now: number;
}) {
  const { t, i18n } = useTranslation("sittings");
  return (
    // No region of its own: the table below is one already, by the same name.
    <div className="mb-8">
      <h2 className="mb-3 text-lg font-semibold">{title}</h2>
      <Table
        caption={title}
        rows={sittings}
        rowKey={(sitting) => sitting.id}
        columns={[
          {
            key: "title",
            header: t("sitting"),
            heading: true,
            className: "min-w-48",
            cell: (sitting) => (
              <>
                <Link
                  to="/officer/sittings/$sittingId"
                  params={{ sittingId: sitting.id }}
                  className="text-accent underline-offset-4 hover:underline"
                >
                  {sitting.title}
                </Link>
                {sitting.exam_title !== sitting.title && (
                  <span className="block text-sm font-normal text-muted">{sitting.exam_title}</span>
                )}
              </>
            ),
          },
          {
            key: "opens",
            header: t("opens"),
            cell: (sitting) => (
              <>
                <WhenText sitting={sitting} />
                {id === "upcoming" && (
                  <span className="block text-sm text-muted">
                    {t("opensIn", {
                      time: inWords(roundedWait(sitting, now), i18n.language),
                    })}
                  </span>
                )}
              </>
            ),
          },
          {
            key: "duration",
            header: t("duration"),
            wideOnly: true,
            cell: (sitting) => inWords(sitting.duration_minutes * 60_000, i18n.language),
          },
          {
            key: "candidates",
            header: t("candidates"),
            numeric: true,
            cell: (sitting) => sitting.candidates,
          },
          {
            key: "state",
            header: t("state"),
            cell: (sitting) => (
              <span className="flex flex-wrap gap-1.5">
                <PhaseBadges sitting={sitting} />
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}

/** How long until a sitting opens, without seconds unless it is a matter of a minute. */
function roundedWait(sitting: Sitting, now: number): number {
  const wait = Date.parse(sitting.opens_at) - now;
  return wait > 60_000 ? Math.ceil(wait / 60_000) * 60_000 : wait;
}
