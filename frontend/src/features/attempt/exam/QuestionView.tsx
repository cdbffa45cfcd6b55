import { useEffect, useId, useRef } from "react";
import { useTranslation } from "@/shared/i18n";
import { RichText } from "@/shared/rich";
import { FieldError } from "@/shared/ui";
import { InteractionView } from "../interactions/Interaction";
import type { Standing } from "../player/navigation";
import type { Player } from "../player/Player";
import type { PlayerState } from "../player/state";
import { asks } from "../response";

/** One question and the way to answer it. */
export function QuestionView({
  player,
  state,
  standing,
  total,
  disabled,
}: {
  player: Player;
  state: PlayerState;
  standing: Standing;
  total: number;
  disabled: boolean;
}) {
  const { t } = useTranslation("attempt");
  const { question, section, inSection } = standing;
  const stem = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  // An effect, because a question that has just been drawn begins at its top, and is read from there. With the next
  // frame, which works out where everything stands: asked for before, that would be worked out twice.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      window.scrollTo(0, 0);
      heading.current?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  const opensSection =
    inSection === 0 && (section.title !== "" || section.instructions_html.trim() !== "");
  return (
    <article className="min-w-0">
      {opensSection && (
        <header className="mb-6 rounded-lg bg-accent-soft px-5 py-4">
          {section.title !== "" && <h2 className="text-lg font-semibold">{section.title}</h2>}
          {section.instructions_html.trim() !== "" && <RichText html={section.instructions_html} />}
          {section.navigation === "forward_only" && (
            <p className="mt-1 font-medium text-accent">{t("question.forwardOnly")}</p>
          )}
        </header>
      )}
      <div className="mb-3 flex items-baseline justify-between gap-4">
        <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold">
          {asks(question) ? (
            <>
              {t("question.heading", { number: question.number })}
              <span className="ms-2 text-base font-normal text-muted">
                {t("question.of", { total })}
              </span>
            </>
          ) : (
            t("question.text")
          )}
        </h1>
        {asks(question) && (
          <p className="text-sm whitespace-nowrap text-muted">
            {t("question.points", { count: question.points })}
          </p>
        )}
      </div>
      <div id={stem} className="mb-6 text-lg">
        <RichText html={question.stem_html} />
      </div>
      <InteractionView
        question={question}
        response={state.answers[question.id]}
        askedBy={stem}
        disabled={disabled}
        onChange={(response) => player.answer(question.id, response)}
        onSettle={() => player.settle(question.id)}
        files={{
          waiting: state.files,
          add: (file) => player.addFile(question.id, file),
          retry: (id) => player.retryFile(id),
        }}
      />
      {state.saves.rejected.includes(question.id) && (
        <div className="mt-3" role="alert">
          <FieldError>{t("question.rejected")}</FieldError>
        </div>
      )}
    </article>
  );
}
