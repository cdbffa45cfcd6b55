import { useMutation } from "@tanstack/react-query";
import { Hourglass, MonitorSmartphone } from "lucide-react";
import { useProblemText } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { inWords, moment, useNow } from "@/shared/time";
import { Banner, Button, EmptyState } from "@/shared/ui";
import type { Elsewhere } from "../player/elsewhere";
import type { Player } from "../player/Player";
import type { PlayerState } from "../player/state";
import { NotCountedList } from "./NotCountedList";

/** The exam is open somewhere else; it can be brought here, where an invigilator decides with their consent. */
export function TakenOver({ player, state }: { player: Player; state: PlayerState }) {
  const { t } = useTranslation("attempt");
  const problemText = useProblemText();
  const bring = useMutation({ mutationFn: () => player.takeBack() });
  const tab = state.writer === "another_tab";
  const { elsewhere, attempt, notCounted } = state;
  const consent = !tab && attempt.takeover === "invigilator";
  const asked = elsewhere?.asked === true;
  const title = tab ? t("takenOver.tab") : asked ? t("takenOver.asked") : t("takenOver.device");
  return (
    <main className="mx-auto flex w-full max-w-2xl flex-1 flex-col justify-center gap-4 px-4 py-12">
      <h1 tabIndex={-1} className="sr-only">
        {title}
      </h1>
      <EmptyState
        icon={asked ? <Hourglass /> : <MonitorSmartphone />}
        title={title}
        action={
          !asked && (
            <Button look="primary" busy={bring.isPending} onClick={() => bring.mutate()}>
              {consent ? t("takenOver.askToContinue") : t("takenOver.continueHere")}
            </Button>
          )
        }
      >
        {tab
          ? t("takenOver.tabLead")
          : asked
            ? t("takenOver.askedLead")
            : consent
              ? t("takenOver.consentLead")
              : t("takenOver.deviceLead")}
        {!tab && elsewhere && <HeardOf elsewhere={elsewhere} timeZone={attempt.time_zone} />}
      </EmptyState>
      {asked && (
        <p role="status" className="sr-only">
          {t("takenOver.asked")}
        </p>
      )}
      {bring.error && <Banner tone="danger">{problemText(bring.error)}</Banner>}
      {tab && state.saves.waiting > 0 && (
        <Banner tone="warn">{t("takenOver.waiting", { count: state.saves.waiting })}</Banner>
      )}
      {!tab && notCounted.length > 0 && (
        <section
          aria-labelledby="not-counted"
          className="rounded-lg border border-warn bg-surface p-4 sm:p-5"
        >
          <h2 id="not-counted" className="text-lg font-semibold">
            {t("notCounted.title", { count: notCounted.length })}
          </h2>
          <p className="mt-1 mb-4 text-muted">{t("notCounted.lead")}</p>
          <NotCountedList answers={notCounted} />
        </section>
      )}
    </main>
  );
}

/** Since when the other device has the exam, and how long it has been silent. */
function HeardOf({ elsewhere, timeZone }: { elsewhere: Elsewhere; timeZone: string }) {
  const { t, i18n } = useTranslation("attempt");
  const STEP_MS = 5_000;
  const now = useNow(STEP_MS);
  const { since, lastHeardAt } = elsewhere;
  if (since === null || lastHeardAt === null) return null;
  const ago = Math.max(0, now - Date.parse(lastHeardAt));
  const coarse =
    ago < 60_000 ? Math.floor(ago / STEP_MS) * STEP_MS : Math.floor(ago / 60_000) * 60_000;
  return (
    <span className="tabular mt-3 block">
      {t("takenOver.since", { time: moment(since, i18n.language, { timeZone, style: "time" }) })}{" "}
      {ago < 10_000
        ? t("takenOver.heardNow")
        : t("takenOver.heard", { time: inWords(coarse, i18n.language) })}
    </span>
  );
}
