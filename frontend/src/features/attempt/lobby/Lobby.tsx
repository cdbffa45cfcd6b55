import { useMutation } from "@tanstack/react-query";
import { CalendarClock, FileQuestion, Hourglass, Play } from "lucide-react";
import type { ReactNode } from "react";
import { ApiError, useProblemText } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { RichText } from "@/shared/rich";
import {
  clockFace,
  deviceZone,
  endMoment,
  inWords,
  moment,
  useNow,
  usePast,
  zoneLabel,
  zoneOffsetMinutes,
} from "@/shared/time";
import { Badge, Banner, Button, LanguageMenu, ThemeMenu } from "@/shared/ui";
import type { Player } from "../player/Player";
import type { PlayerState } from "../player/state";
import { DeviceCheck } from "./DeviceCheck";

/** Before the start: what awaits, whether this device will do, and how long it is still. */
export function Lobby({
  player,
  state,
  home,
}: {
  player: Player;
  state: PlayerState;
  home: ReactNode;
}) {
  const { t, i18n } = useTranslation("attempt");
  const { attempt } = state;
  const when = (instant: string) => moment(instant, i18n.language, { timeZone: attempt.time_zone });
  const entryEnds = (options: { timeZone?: string }) =>
    endMoment(attempt.entry_closes_at, attempt.opens_at, i18n.language, options);
  const opensAt = Date.parse(attempt.opens_at);
  const elsewhere = [opensAt, Date.parse(attempt.entry_closes_at)].some(
    (at) => zoneOffsetMinutes(at, attempt.time_zone) !== zoneOffsetMinutes(at, deviceZone()),
  );
  const running = attempt.state === "in_progress" || attempt.state === "paused";
  return (
    <>
      <header className="flex items-center justify-between gap-4 px-4 py-3 sm:px-8">
        <div>{home}</div>
        <div className="flex items-center gap-1">
          <LanguageMenu />
          <ThemeMenu />
        </div>
      </header>
      <main className="mx-auto w-full max-w-4xl flex-1 px-4 pt-4 pb-16 sm:px-8">
        <p className="mb-2 flex flex-wrap items-center gap-2 text-muted">
          {t("lobby.for", { name: attempt.candidate_name })}
          {attempt.practice && <Badge tone="accent">{t("lobby.practice")}</Badge>}
        </p>
        <h1 tabIndex={-1} className="text-3xl font-semibold tracking-tight sm:text-4xl">
          {attempt.title}
        </h1>
        <dl className="mt-6 grid gap-4 sm:grid-cols-3">
          <Fact icon={<CalendarClock aria-hidden />} term={t("lobby.opens")}>
            {when(attempt.opens_at)}
            <span className="block text-sm font-normal text-muted">
              {elsewhere && (
                <>
                  <span className="block">{zoneLabel(attempt.time_zone, opensAt)}</span>
                  <span className="block">
                    {t("lobby.yourTime", { time: moment(opensAt, i18n.language) })}
                  </span>
                </>
              )}
              <span className={elsewhere ? "mt-1 block" : "block"}>
                {t("lobby.entryUntil", { time: entryEnds({ timeZone: attempt.time_zone }) })}
              </span>
              {elsewhere && (
                <span className="block">{t("lobby.yourTime", { time: entryEnds({}) })}</span>
              )}
            </span>
          </Fact>
          <Fact icon={<Hourglass aria-hidden />} term={t("lobby.duration")}>
            {inWords((attempt.duration_seconds + attempt.extra_seconds) * 1_000, i18n.language)}
            {attempt.extra_seconds > 0 && (
              <span className="block text-sm font-normal text-muted">
                {t("lobby.extra", { time: inWords(attempt.extra_seconds * 1_000, i18n.language) })}
              </span>
            )}
          </Fact>
          <Fact icon={<FileQuestion aria-hidden />} term={t("lobby.questions")}>
            {t("lobby.questionCount", { count: attempt.question_count })}
          </Fact>
        </dl>
        <div className="mt-6">
          {running ? <Entering player={player} /> : <StartPanel player={player} state={state} />}
        </div>
        <div className="mt-8 grid gap-8 md:grid-cols-[1.4fr_1fr]">
          <section aria-labelledby="instructions">
            <h2 id="instructions" className="mb-3 text-xl font-semibold">
              {t("lobby.instructions")}
            </h2>
            {attempt.instructions_html.trim() !== "" && (
              <RichText html={attempt.instructions_html} className="mb-4" />
            )}
            <ul className="flex list-disc flex-col gap-1.5 ps-5 text-muted">
              <li>{t("lobby.how.saved")}</li>
              <li>{t("lobby.how.offline")}</li>
              <li>{t("lobby.how.end")}</li>
            </ul>
          </section>
          <DeviceCheck />
        </div>
      </main>
    </>
  );
}

function Fact({ icon, term, children }: { icon: ReactNode; term: string; children: ReactNode }) {
  return (
    <div className="rounded-lg border border-line bg-surface p-4 shadow-card">
      <dt className="flex items-center gap-2 text-sm text-muted [&_svg]:size-4.5 [&_svg]:text-accent">
        {icon}
        {term}
      </dt>
      <dd className="mt-1 font-semibold">{children}</dd>
    </div>
  );
}

/** The attempt runs already, and is being brought here. */
function Entering({ player }: { player: Player }) {
  const { t } = useTranslation("attempt");
  return (
    <Banner actions={<Button onClick={() => void player.ask()}>{t("lobby.tryAgain")}</Button>}>
      {t("lobby.entering")}
    </Banner>
  );
}

function StartPanel({
  player,
  state: { attempt, reachable },
}: {
  player: Player;
  state: PlayerState;
}) {
  const { t } = useTranslation("attempt");
  const problemText = useProblemText();
  const open = usePast(attempt.starts_at);
  const isSpread = attempt.starts_at !== attempt.opens_at;
  const entryOver = usePast(attempt.entry_closes_at);
  const start = useMutation({ mutationFn: () => player.start() });
  if (entryOver)
    return (
      <Banner tone="warn" title={t("lobby.entryOver")}>
        {t("lobby.entryOverLead")}
      </Banner>
    );
  const paused = attempt.sitting_paused;
  const early = start.error instanceof ApiError && start.error.code === "exam.not_open_yet";
  return (
    <section
      aria-label={t("lobby.startRegion")}
      className="flex flex-col gap-4 rounded-xl border border-accent bg-accent-soft p-5 sm:p-6"
    >
      <div className="flex flex-wrap items-center justify-between gap-4">
        <div>
          {open ? (
            <>
              <p className="text-xl font-semibold">{t("lobby.isOpen")}</p>
              <p className="text-muted">{t("lobby.isOpenLead")}</p>
            </>
          ) : (
            <Countdown to={attempt.starts_at} isSpread={isSpread} />
          )}
        </div>
        <Button
          look="primary"
          size="lg"
          icon={<Play aria-hidden />}
          disabled={!open || paused}
          busy={start.isPending}
          onClick={() => start.mutate()}
        >
          {t("lobby.start")}
        </Button>
      </div>
      {start.error && !early && <Banner tone="danger">{problemText(start.error)}</Banner>}
      {paused && (
        <Banner tone="warn" title={t("lobby.paused")}>
          {t("lobby.pausedLead")}
        </Banner>
      )}
      {!reachable && <Banner tone="warn">{t("lobby.noServer")}</Banner>}
    </section>
  );
}

function Countdown({ to, isSpread }: { to: string; isSpread: boolean }) {
  const { t, i18n } = useTranslation("attempt");
  const left = Date.parse(to) - useNow();
  const DAY_MS = 86_400_000;
  return (
    <>
      <p className="text-muted">{isSpread ? t("lobby.startsIn") : t("lobby.opensIn")}</p>
      <p role="timer" aria-live="off" className="tabular text-4xl font-semibold tracking-tight">
        {left > DAY_MS ? inWords(left, i18n.language) : clockFace(left)}
      </p>
      <p className="mt-1 text-sm text-muted">
        {isSpread ? t("lobby.ownStart") : t("lobby.byServerClock")}
      </p>
    </>
  );
}
