import { Flag } from "lucide-react";
import type { CandidateQuestion } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { clock } from "@/shared/time";
import { Banner, Button, Dialog, Spinner } from "@/shared/ui";
import { mayGoTo, whereabouts } from "../player/navigation";
import type { Player } from "../player/Player";
import { safetyOf } from "../player/safety";
import type { PlayerState } from "../player/state";
import { asks, isAnswered, isBegun } from "../response";

/** Before handing in: what is still open. While handing in: what it waits for. */
export function HandInDialog({
  player,
  state,
  timeUp,
}: {
  player: Player;
  state: PlayerState;
  timeUp: boolean;
}) {
  const { t, i18n } = useTranslation("attempt");
  const { paper, answers, place, handIn } = state;
  if (paper === null) return null;
  const asked = paper.questions.filter(asks);
  const open = asked.filter(({ id }) => !isAnswered(answers[id]));
  const begun = asked.filter(({ id, interaction }) => isBegun(interaction, answers[id]));
  const flagged = paper.questions.filter(({ id }) => place.flagged.includes(id));
  const sending = handIn === "sending";
  const { key, count } = safetyOf(state);
  return (
    <Dialog
      open={handIn !== "no"}
      onOpenChange={(wanted) => !wanted && player.callOffHandIn()}
      title={sending ? t("handIn.sending") : t("handIn.title")}
      description={
        sending
          ? t("handIn.sendingLead")
          : open.length === 0
            ? begun.length === 0
              ? t("handIn.allAnswered", { count: asked.length })
              : t("handIn.someBegun", { count: begun.length })
            : t("handIn.someOpen", { count: open.length, of: asked.length })
      }
      actions={
        <>
          <Button onClick={() => player.callOffHandIn()}>
            {timeUp ? t("handIn.close") : t("handIn.back")}
          </Button>
          {!sending && (
            <Button look="primary" onClick={() => player.handIn()}>
              {t("handIn.confirm")}
            </Button>
          )}
        </>
      }
    >
      {sending ? (
        <div role="status" className="mt-4 flex items-center gap-3 rounded-lg bg-sunken px-4 py-3">
          <Spinner />
          <span>{t(`safety.${key}`, { count })}</span>
        </div>
      ) : (
        <div className="mt-4 flex flex-col gap-5">
          {state.files.some(({ refused }) => refused !== null) && (
            <Banner tone="danger" live={false}>
              {t("handIn.withoutFiles", {
                names: new Intl.ListFormat(i18n.language).format(
                  state.files.flatMap(({ name, refused }) => (refused === null ? [] : [name])),
                ),
              })}
            </Banner>
          )}
          <Group title={t("handIn.unanswered")} questions={open} player={player} state={state} />
          <Group title={t("handIn.begun")} questions={begun} player={player} state={state} />
          <Group
            title={t("handIn.flagged")}
            questions={flagged}
            player={player}
            state={state}
            flag
          />
          <p className="text-muted">{t("handIn.final")}</p>
        </div>
      )}
    </Dialog>
  );
}

function Group({
  title,
  questions,
  player,
  state,
  flag = false,
}: {
  title: string;
  questions: CandidateQuestion[];
  player: Player;
  state: PlayerState;
  flag?: boolean;
}) {
  const { t } = useTranslation("attempt");
  if (questions.length === 0) return null;
  const at = whereabouts(state);
  return (
    <section aria-label={title}>
      <h3 className="mb-2 flex items-center gap-2 font-semibold">
        {flag && <Flag aria-hidden className="size-4 fill-current text-warn" />}
        {title}
      </h3>
      <ul className="flex flex-wrap gap-2">
        {questions.map((question) => (
          <li key={question.id}>
            <Button
              size="sm"
              aria-label={t("list.question", { number: question.number })}
              disabled={at === null || !mayGoTo(at, question.id, clock.now())}
              onClick={() => {
                player.callOffHandIn();
                player.goTo(question.id);
              }}
              className="tabular min-w-10"
            >
              {question.number}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
