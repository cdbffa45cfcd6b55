import { Flag, Info, Lock } from "lucide-react";
import type { CandidateQuestion } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { clock } from "@/shared/time";
import { Button, Dialog } from "@/shared/ui";
import { mayGoTo, whereabouts } from "../player/navigation";
import type { Player } from "../player/Player";
import type { PlayerState } from "../player/state";
import { asks, isAnswered } from "../response";

interface ListProps {
  player: Player;
  state: PlayerState;
  /** Called when a question was chosen. */
  onGo?: () => void;
}

/** All questions at a glance: which are answered, which are flagged, where one is. */
export function QuestionList({ player, state, onGo }: ListProps) {
  const { t } = useTranslation("attempt");
  const { paper, answers, place } = state;
  if (paper === null) return null;
  const asked = paper.questions.filter(asks);
  const answered = asked.filter(({ id }) => isAnswered(answers[id])).length;
  return (
    <nav aria-label={t("list.title")} className="flex flex-col gap-5">
      <p className="font-medium">
        {t("list.answered", { count: answered, of: asked.length })}
        {place.flagged.length > 0 && (
          <span className="block text-sm font-normal text-muted">
            {t("list.flaggedCount", { count: place.flagged.length })}
          </span>
        )}
      </p>
      {paper.sections.map((section, index) => (
        // Sections have no id of their own, and their order never changes.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <section key={index} aria-label={section.title || t("list.section", { number: index + 1 })}>
          {paper.sections.length > 1 && (
            <h2 className="mb-2 text-sm font-semibold text-muted">
              {section.title || t("list.section", { number: index + 1 })}
            </h2>
          )}
          <ol className="grid grid-cols-[repeat(auto-fill,minmax(2.75rem,1fr))] gap-2">
            {paper.questions
              .filter((question) => question.section === index)
              .map((question) => (
                <li key={question.id}>
                  <Entry
                    player={player}
                    state={state}
                    question={question}
                    {...(onGo && { onGo })}
                  />
                </li>
              ))}
          </ol>
        </section>
      ))}
      <ul aria-hidden="true" className="flex flex-col gap-1.5 text-sm text-muted">
        <li className="flex items-center gap-2">
          <span className="size-4 rounded border border-accent bg-accent" /> {t("list.isAnswered")}
        </li>
        <li className="flex items-center gap-2">
          <span className="size-4 rounded border border-edge bg-surface" /> {t("list.isUnanswered")}
        </li>
        <li className="flex items-center gap-2">
          <Flag className="size-4 fill-current text-warn" /> {t("list.isFlagged")}
        </li>
      </ul>
    </nav>
  );
}

function Entry({ player, state, question, onGo }: ListProps & { question: CandidateQuestion }) {
  const { t } = useTranslation("attempt");
  const { place, answers } = state;
  const at = whereabouts(state);
  const answered = isAnswered(answers[question.id]);
  const flagged = place.flagged.includes(question.id);
  const current = place.current === question.id;
  const shut = at === null || !mayGoTo(at, question.id, clock.now());
  const words = [
    asks(question) ? t("list.question", { number: question.number }) : t("list.text"),
    asks(question) && (answered ? t("list.isAnswered") : t("list.isUnanswered")),
    flagged && t("list.isFlagged"),
    shut && t("list.isShut"),
  ].filter(Boolean);
  return (
    <button
      type="button"
      aria-label={words.join(", ")}
      aria-current={current ? "step" : undefined}
      disabled={shut}
      onClick={() => {
        player.goTo(question.id);
        onGo?.();
      }}
      className={cx(
        "tabular relative flex h-11 w-full items-center justify-center rounded-md border font-semibold transition-colors",
        answered
          ? "border-accent bg-accent text-on-accent"
          : "border-edge bg-surface text-ink not-disabled:hover:bg-sunken",
        current && "outline-2 outline-offset-2 outline-accent",
        shut && "cursor-not-allowed opacity-60",
      )}
    >
      {asks(question) ? question.number : <Info aria-hidden className="size-5" />}
      {flagged && (
        <Flag
          aria-hidden
          className="absolute -top-1.5 -right-1.5 size-4.5 rounded-full bg-surface fill-current p-0.5 text-warn"
        />
      )}
      {shut && <Lock aria-hidden className="absolute right-0.5 bottom-0.5 size-3" />}
    </button>
  );
}

/** The list where there is no room beside the question. */
export function QuestionListDialog({
  player,
  state,
  open,
  close,
}: ListProps & { open: boolean; close: () => void }) {
  const { t } = useTranslation("attempt");
  return (
    <Dialog
      open={open}
      onOpenChange={(wanted) => !wanted && close()}
      title={t("list.title")}
      width="sm"
      actions={
        <Button
          look="primary"
          onClick={() => {
            close();
            player.askHandIn();
          }}
        >
          {t("handIn.button")}
        </Button>
      }
    >
      <QuestionList player={player} state={state} onGo={close} />
    </Dialog>
  );
}
