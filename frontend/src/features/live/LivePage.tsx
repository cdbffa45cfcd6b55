import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  CirclePause,
  CirclePlay,
  Clock,
  FileLock2,
  MonitorDot,
  Siren,
  TriangleAlert,
} from "lucide-react";
import { useState } from "react";
import { outagesQuery } from "@/shared/api/listOutages";
import { useMay } from "@/shared/api/permissions";
import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { useSettled } from "@/shared/lib/useSettled";
import { useSittingHints } from "@/shared/push";
import { clock, moment, useNow } from "@/shared/time";
import { Banner, Button, EmptyState, ErrorNote, Loading, SearchField, Select } from "@/shared/ui";
import { MoreRows, StatTile } from "@/shared/ui/dense";
import { type Acting, Actions } from "./Actions";
import { attemptsQuery, WATCHED_MAX, type Watched } from "./api/listAttempts";
import { ConnectionNote } from "./ConnectionNote";
import { LiveTable } from "./LiveTable";
import { OutageNote } from "./OutageNote";
import {
  isIn,
  needOf,
  noteOffline,
  type OfflineSince,
  type Order,
  sorted,
  type View,
  type WatchedRow,
} from "./triage";

/** While hints come, asking is only for what a hint may have missed. */
const POLL_CONNECTED_MS = 30_000;
const POLL_ALONE_MS = 5_000;
/** Rows that are drawn at first: what stands further down can wait until it is asked for. */
const ROWS_SHOWN = 150;

/** One screen that says who needs help, and acts in seconds. */
export function LivePage({
  sitting,
  view,
  onView,
}: {
  sitting: Sitting;
  view: View;
  onView: (view: View) => void;
}) {
  const { t, i18n } = useTranslation("live");
  const staff = useTranslation("staff");
  const may = useMay();
  const queries = useQueryClient();
  const [words, setWords] = useState("");
  const [order, setOrder] = useState<Order>({ by: "need", descending: false });
  const [shown, setShown] = useState(ROWS_SHOWN);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [acting, setActing] = useState<Acting | null>(null);
  const [large, setLarge] = useState(false);
  const [room, setRoom] = useState<string | null>(null);
  const settled = useSettled(words.trim());
  // In a large sitting the server looks through all; else what is here is looked through at once.
  const search = large ? settled : "";
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: ["sittings", "live", sitting.id] });
    void queries.invalidateQueries({ queryKey: outagesQuery(sitting.id).queryKey });
  };
  const connected = useSittingHints(sitting.id, refresh);
  const query = useQuery({
    ...attemptsQuery(sitting.id, search, room),
    refetchInterval: connected ? POLL_CONNECTED_MS : POLL_ALONE_MS,
    placeholderData: (before) => before,
    staleTime: 1_000,
  });
  if (query.data?.more === true && !large) setLarge(true);
  const offline = useOfflineSince(query.data);
  const now = useNow(5_000);

  const rows: WatchedRow[] = (query.data?.attempts ?? []).map((attempt) => ({
    ...attempt,
    need: needOf(attempt, sitting, offline, now),
  }));
  const wanted = words.trim().toLowerCase();
  const found = sorted(
    rows.filter(
      (row) =>
        isIn(row, view) &&
        `${row.candidate_name} ${row.candidate_number} ${row.room}`.toLowerCase().includes(wanted),
    ),
    order,
    i18n.language,
  );
  const count = (of: View) => rows.filter((row) => isIn(row, of)).length;
  const press = (next: View) => onView(next === view ? "all" : next);
  const selected = rows.filter((row) => chosen.has(row.attempt_id));
  const help = count("help");
  const tiles = [
    { view: "help", label: t("views.help"), tone: help > 0 ? "danger" : "neutral" },
    { view: "missing", label: staff.t("state.scheduled"), tone: "neutral" },
    { view: "ready", label: staff.t("state.ready"), tone: "accent" },
    { view: "writing", label: staff.t("state.in_progress"), tone: "accent" },
    { view: "done", label: t("views.done"), tone: "safe" },
    { view: "late", label: t("views.late"), tone: "warn" },
  ] as const;

  if (query.isPending) return <Loading />;
  if (query.data === undefined)
    return query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data.attempts.length === 0 && search === "" && room === null)
    return (
      <EmptyState icon={<MonitorDot />} title={t("empty")}>
        {t("emptyLead")}
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-4">
      {query.error && (
        <Banner
          tone="warn"
          title={t("stale")}
          actions={
            <Button size="sm" onClick={() => void query.refetch()}>
              {t("again")}
            </Button>
          }
        >
          {t("staleLead")}
        </Banner>
      )}
      {query.data.pausedAt !== null && (
        <Banner
          tone="warn"
          title={t("pausedSince", {
            time: moment(query.data.pausedAt, i18n.language, {
              timeZone: sitting.time_zone,
              style: "time",
            }),
          })}
          actions={
            <Button
              size="sm"
              look="primary"
              icon={<CirclePlay aria-hidden />}
              onClick={() => setActing({ act: "resume", row: null })}
            >
              {t("resume.open")}
            </Button>
          }
        >
          {t("pausedLead")}
        </Banner>
      )}
      <OutageNote sitting={sitting} />
      <section aria-label={t("summary")} className="flex flex-wrap gap-2.5">
        {tiles.map((tile) => (
          <StatTile
            key={tile.view}
            label={tile.label}
            value={count(tile.view)}
            tone={tile.tone}
            pressed={view === tile.view}
            onPress={() => press(tile.view)}
          />
        ))}
      </section>
      <p role="status" className="sr-only">
        {t("helpSpoken", { count: help })}
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <SearchField
          label={t("search")}
          value={words}
          onChange={setWords}
          className="min-w-48 flex-1 sm:max-w-sm"
        />
        {query.data.rooms.length > 0 && (
          <Select
            label={t("rooms.label")}
            labelHidden
            value={room ?? ""}
            options={query.data.rooms.map((name) => ({ value: name, label: name }))}
            placeholder={t("rooms.all")}
            onChange={(chosen) => setRoom(chosen === "" ? null : chosen)}
            className="min-w-36"
          />
        )}
        <ConnectionNote connected={connected} updatedAt={query.dataUpdatedAt} />
        <span className="flex-1 max-sm:hidden" />
        {selected.length > 0 && (
          <>
            <Button
              look="primary"
              icon={<Clock aria-hidden />}
              onClick={() => setActing({ act: "time", to: selected })}
            >
              {t("time.forSelected", { count: selected.length })}
            </Button>
            <Button onClick={() => setChosen(new Set())}>{t("unselect")}</Button>
          </>
        )}
        {query.data.pausedAt === null && (
          <Button
            icon={<CirclePause aria-hidden />}
            onClick={() => setActing({ act: "pause", row: null })}
          >
            {t("pause.openAll")}
          </Button>
        )}
        <Button
          icon={<Siren aria-hidden />}
          onClick={() => setActing({ act: "incident", rooms: query.data.rooms, room })}
        >
          {t("incident.open")}
        </Button>
        <Button icon={<Clock aria-hidden />} onClick={() => setActing({ act: "time", to: null })}>
          {t("time.forAll")}
        </Button>
        {may("manageSittings") && (
          <Button icon={<FileLock2 aria-hidden />} onClick={() => setActing({ act: "answerFile" })}>
            {t("answerFile.open")}
          </Button>
        )}
      </div>
      {query.data.more && (
        <Banner tone="info" live={false}>
          {t("large", { count: WATCHED_MAX })}
        </Banner>
      )}
      {found.length === 0 ? (
        <EmptyState
          icon={view === "help" ? <MonitorDot /> : <TriangleAlert />}
          title={view === "help" && wanted === "" ? t("nobodyNeedsHelp") : t("noneFound")}
          action={
            <Button
              onClick={() => {
                setWords("");
                onView("all");
              }}
            >
              {t("showAll")}
            </Button>
          }
        >
          {view === "help" && wanted === "" ? t("nobodyNeedsHelpLead") : t("noneFoundLead")}
        </EmptyState>
      ) : (
        <div>
          <LiveTable
            rows={found.slice(0, shown)}
            order={order}
            onOrder={setOrder}
            chosen={chosen}
            onChoose={setChosen}
            onAct={setActing}
          />
          <MoreRows
            shown={Math.min(shown, found.length)}
            more={found.length > shown}
            onMore={() => setShown(shown + 2 * ROWS_SHOWN)}
          />
        </div>
      )}
      {acting && (
        <Actions
          sitting={sitting}
          acting={acting}
          onGiven={(attemptId) =>
            setChosen((before) => new Set([...before].filter((id) => id !== attemptId)))
          }
          onLate={(attemptId) => {
            refresh();
            const row = rows.find(({ attempt_id }) => attempt_id === attemptId);
            setActing(row === undefined ? null : { act: "late", row });
          }}
          onDone={() => {
            setActing(null);
            setChosen(new Set());
            refresh();
          }}
          onClose={() => setActing(null)}
        />
      )}
    </div>
  );
}

/** Remembers, from one list to the next, since when somebody has been without a connection. */
function useOfflineSince(watched: Watched | undefined): OfflineSince {
  const [kept, setKept] = useState<{ of: Watched | undefined; since: OfflineSince }>({
    of: undefined,
    since: new Map(),
  });
  if (watched === undefined || kept.of === watched) return kept.since;
  const since = noteOffline(kept.since, watched.attempts, clock.now());
  setKept({ of: watched, since });
  return since;
}
