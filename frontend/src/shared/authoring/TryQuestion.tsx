import { useMutation } from "@tanstack/react-query";
import { ClipboardCheck, Lightbulb, RotateCcw, Smartphone } from "lucide-react";
import { use, useState } from "react";
import type {
  Interaction,
  Key,
  Question,
  QuestionPreview,
  QuestionResponse,
  TriedResponse,
} from "../api";
import { useTranslation } from "../i18n";
import { cx } from "../lib/cx";
import { useWhyText } from "../marking/useWhyText";
import { plainText, RichText } from "../rich";
import { Badge, Button, ErrorNote, IconButton, type Tone } from "../ui";
import { CandidateViewContext } from "./candidateView";
import { pointsText } from "./points";
import { markPreview } from "./requests/markPreview";

const TONES = {
  correct: "safe",
  partial: "warn",
  wrong: "danger",
  unanswered: "neutral",
  needs_marking: "accent",
} as const satisfies Record<string, Tone>;

/** The question as a candidate sees it. It can be answered, and says what the answer is worth and why. */
export function TryQuestion({
  question,
  questionKey: key,
  points,
  preview,
  keyMissing = false,
}: {
  question: Question;
  questionKey: Key;
  points: number;
  preview: QuestionPreview;
  /** Nobody has said yet what is right: an answer can't be marked. */
  keyMissing?: boolean;
}) {
  const { t } = useTranslation("author");
  const View = use(CandidateViewContext);
  const [narrow, setNarrow] = useState(false);
  const [given, setGiven] = useState<{ shape: string; response: QuestionResponse } | null>(null);
  const { interaction } = preview.candidate;
  // An answer to what the question was before means nothing any more.
  const shape = shapeOf(interaction);
  const response = given?.shape === shape ? given.response : undefined;
  const mark = useMutation({
    mutationFn: (answer: QuestionResponse) =>
      markPreview({ question, key, points, response: answer }),
  });
  const tried = mark.data;
  const answer = (next: QuestionResponse) => {
    setGiven({ shape, response: next });
    mark.reset();
  };
  const asks = interaction.type !== "description";
  return (
    <div className="flex flex-col gap-4">
      <div
        className={cx(
          "rounded-lg border border-line bg-ground p-4 transition-[max-width]",
          narrow && "mx-auto w-full max-w-[23rem]",
        )}
      >
        <View
          view={preview.candidate}
          stimulusHtml={preview.stimulus_html}
          response={response}
          onChange={answer}
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {asks && (
          <Button
            icon={<ClipboardCheck aria-hidden />}
            size="sm"
            look="primary"
            busy={mark.isPending}
            disabled={keyMissing || response === undefined}
            onClick={() => response && mark.mutate(response)}
          >
            {t("try.mark")}
          </Button>
        )}
        {tried?.right_response && tried.marked.outcome !== "correct" && (
          <Button
            icon={<Lightbulb aria-hidden />}
            size="sm"
            onClick={() => tried.right_response && answer(tried.right_response)}
          >
            {t("try.showRight")}
          </Button>
        )}
        {response !== undefined && (
          <Button
            icon={<RotateCcw aria-hidden />}
            size="sm"
            look="quiet"
            onClick={() => {
              setGiven(null);
              mark.reset();
            }}
          >
            {t("try.clear")}
          </Button>
        )}
        <IconButton
          label={t("try.narrow")}
          icon={<Smartphone aria-hidden />}
          size="sm"
          aria-pressed={narrow}
          className={cx("ms-auto", narrow && "bg-accent-soft")}
          onClick={() => setNarrow(!narrow)}
        />
      </div>
      {keyMissing && asks && <p className="text-sm text-muted">{t("try.keyMissing")}</p>}
      {mark.error && <ErrorNote error={mark.error} />}
      <div role="status">{tried && <Result tried={tried} interaction={interaction} />}</div>
    </div>
  );
}

function Result({
  tried: { marked, feedback },
  interaction,
}: {
  tried: TriedResponse;
  interaction: Interaction;
}) {
  const { t, i18n } = useTranslation("author");
  const why = useWhyText();
  const points = (amount: number) => pointsText(amount, i18n.language);
  const partsTell = interaction.type === "cloze" || interaction.type === "matching";
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <p className="flex flex-wrap items-center gap-3">
        <Badge tone={TONES[marked.outcome]}>{t(`outcome.${marked.outcome}`)}</Badge>
        {marked.outcome !== "needs_marking" && (
          <span className="tabular font-semibold">
            {t("try.points", { points: points(marked.points), max: points(marked.points_max) })}
          </span>
        )}
        <span className="text-muted">{why(marked.why)}</span>
      </p>
      {marked.parts.length > 0 && (
        <ul className="flex flex-col gap-1 text-sm">
          {marked.parts.map((part) => (
            <li key={part.part} className="flex flex-wrap gap-x-2">
              <span className="min-w-0 font-medium">
                {partName(interaction, part.part, (id) => t("try.gap", { id }))}
              </span>
              <span className="text-muted">{why(part.why)}</span>
              {partsTell && (
                <span className="tabular ms-auto">
                  {t("try.partPoints", { points: points(part.points) })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {feedback.parts.map((part) => (
        <RichText key={`${part.part}${part.html}`} html={part.html} className="text-sm" />
      ))}
      {feedback.general_html && <Said title={t("try.general")} html={feedback.general_html} />}
      {feedback.explanation_html && (
        <Said title={t("try.explanation")} html={feedback.explanation_html} />
      )}
    </div>
  );
}

function Said({ title, html }: { title: string; html: string }) {
  return (
    <div className="border-t border-line pt-2">
      <p className="text-sm font-semibold">{title}</p>
      <RichText html={html} className="text-sm" />
    </div>
  );
}

/** What a part is called: the words of an option, prompt or item, or the number of a gap. */
function partName(interaction: Interaction, id: string, gap: (id: string) => string): string {
  const PART_CHARS = 60;
  const words = (parts: readonly { id: string; html: string }[]) =>
    plainText(parts.find((part) => part.id === id)?.html ?? id).slice(0, PART_CHARS);
  switch (interaction.type) {
    case "single_choice":
    case "multiple_choice":
      return words(interaction.options);
    case "matching":
      return words(interaction.prompts);
    case "ordering":
      return words(interaction.items);
    case "cloze":
      return gap(id);
    default:
      return id;
  }
}

/** What an answer depends on: the type and the parts that it names. */
function shapeOf(interaction: Interaction): string {
  const ids = (parts: readonly { id: string }[]) => parts.map(({ id }) => id).join();
  switch (interaction.type) {
    case "single_choice":
    case "multiple_choice":
      return `${interaction.type} ${ids(interaction.options)}`;
    case "matching":
      return `${interaction.type} ${ids(interaction.prompts)} ${ids(interaction.targets)}`;
    case "ordering":
      return `${interaction.type} ${ids(interaction.items)}`;
    case "cloze":
      return `${interaction.type} ${interaction.gaps.map(({ id, kind }) => id + kind).join()}`;
    case "numeric":
      return `${interaction.type} ${interaction.units.join()}`;
    default:
      return interaction.type;
  }
}
