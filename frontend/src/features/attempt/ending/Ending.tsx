import { CircleCheckBig, CircleX, FileDown, TimerOff, UserX } from "lucide-react";
import { useTranslation } from "@/shared/i18n";
import { fileName, saveFile } from "@/shared/lib/saveFile";
import { moment } from "@/shared/time";
import { Banner, Button, toast } from "@/shared/ui";
import { AnswerFileButton } from "../answer-file/AnswerFileButton";
import type { ExamLinks } from "../ExamPage";
import { forgetTicket } from "../journal/device";
import type { Player } from "../player/Player";
import { isWaiting, type PlayerState } from "../player/state";

const LOOKS = {
  submitted: { Icon: CircleCheckBig, look: "text-safe" },
  closed: { Icon: TimerOff, look: "text-accent" },
  terminated: { Icon: CircleX, look: "text-danger" },
  absent: { Icon: UserX, look: "text-muted" },
} as const;

/** The attempt is over: how it ended, and what became of every answer. */
export function Ending({
  player,
  state,
  links,
}: {
  player: Player;
  state: PlayerState;
  links: ExamLinks;
}) {
  const { t, i18n } = useTranslation("attempt");
  const { attempt, saves, files } = state;
  const refused = files.flatMap(({ name, refused }) => (refused === null ? [] : [name]));
  const names = new Intl.ListFormat(i18n.language).format(refused);
  const kind = endingOf(state);
  const { Icon, look } = LOOKS[kind];
  const at = (instant: string) => moment(instant, i18n.language, { timeZone: attempt.time_zone });
  // The next person at this device shall not find the way back in; while something waits, it still needs the ticket.
  const leave = async () => {
    if (!isWaiting(state)) {
      await player.receipts.forget();
      await forgetTicket(attempt.id);
    }
    links.leave();
  };
  const takeReceipts = async () => {
    const file = await player.receipts.file(attempt);
    if (file === null) toast(t("ending.noReceipts"));
    else saveFile(fileName(`${t("ending.receipt")} ${attempt.title}`, "json"), file);
  };
  return (
    <main className="mx-auto flex w-full max-w-2xl flex-1 flex-col justify-center gap-6 px-4 py-12">
      <div className="rounded-xl border border-line bg-surface px-6 py-10 text-center shadow-card sm:px-10">
        <Icon aria-hidden className={`mx-auto size-14 ${look}`} strokeWidth={1.6} />
        <h1 tabIndex={-1} className="mt-4 text-3xl font-semibold tracking-tight">
          {t(`ending.${kind}`)}
        </h1>
        <p className="mx-auto mt-2 max-w-md text-muted">{t(`ending.${kind}Lead`)}</p>
        <dl className="mx-auto mt-6 grid max-w-md grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-start">
          <dt className="text-muted">{t("ending.exam")}</dt>
          <dd className="font-medium">{attempt.title}</dd>
          <dt className="text-muted">{t("ending.candidate")}</dt>
          <dd className="font-medium">{attempt.candidate_name}</dd>
          {attempt.submitted_at !== null && (
            <>
              <dt className="text-muted">{t("ending.handedInAt")}</dt>
              <dd className="tabular font-medium">{at(attempt.submitted_at)}</dd>
            </>
          )}
        </dl>
      </div>
      {saves.waiting > 0 && (
        <Banner
          tone="warn"
          title={t("ending.waiting", { count: saves.waiting })}
          actions={
            <>
              <Button size="sm" onClick={() => player.flush()}>
                {t("ending.sendNow")}
              </Button>
              {saves.trouble !== null && <AnswerFileButton player={player} state={state} timeUp />}
            </>
          }
        >
          {saves.onDevice ? t("ending.waitingLead") : t("notice.hereOnly")}
        </Banner>
      )}
      {saves.late.length > 0 && (
        <Banner tone="warn" title={t("ending.late", { count: saves.late.length })}>
          {t("ending.lateLead")}
        </Banner>
      )}
      {saves.passedOver.length > 0 && (
        <Banner tone="warn" title={t("ending.passedOver", { count: saves.passedOver.length })}>
          {t("ending.passedOverLead")}
        </Banner>
      )}
      {refused.length > 0 && (
        <Banner tone="danger" title={t("ending.filesLost", { count: refused.length, names })}>
          {t("ending.filesLostLead")}
        </Banner>
      )}
      {!isWaiting(state) &&
        refused.length === 0 &&
        saves.late.length === 0 &&
        kind !== "absent" && (
          <Banner tone="safe" live={false}>
            {t("ending.allSafe")}
          </Banner>
        )}
      <div className="flex flex-wrap justify-center gap-3">
        <Button onClick={() => void leave()}>{t("links.leave")}</Button>
        {attempt.started_at !== null && (
          <Button icon={<FileDown aria-hidden />} onClick={() => void takeReceipts()}>
            {t("ending.takeReceipts")}
          </Button>
        )}
        {(kind === "submitted" || kind === "closed") && links.review}
      </div>
    </main>
  );
}

function endingOf({ name, attempt }: PlayerState): keyof typeof LOOKS {
  if (attempt.state === "absent") return "absent";
  return name === "terminated" ? "terminated" : name === "submitted" ? "submitted" : "closed";
}
