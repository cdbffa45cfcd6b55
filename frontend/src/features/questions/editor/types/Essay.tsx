import type { RichText } from "@/shared/api";
import { NumberWithUsual } from "@/shared/authoring/NumberWithUsual";
import { RichTextField } from "@/shared/authoring/RichTextField";
import { useTranslation } from "@/shared/i18n";
import { NumberField } from "@/shared/ui";
import { Spot } from "../findings";
import type { TypeProps } from "./props";

const whole = (number: number | null) => (number === null ? null : Math.trunc(number));
const CHARS_MAX = 15_000;

export function EssayBody({ body, scheme, onChange }: TypeProps<"essay">) {
  const { t } = useTranslation("questions");
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Spot path="question.body.words_min">
        {(error) => (
          <NumberField
            label={t("essay.least")}
            optional={t("optional")}
            error={error}
            notANumber={t("notANumber")}
            value={body.words_min ?? null}
            onChange={(words) => onChange({ body: { ...body, words_min: whole(words) }, scheme })}
          />
        )}
      </Spot>
      <Spot path="question.body.words_max">
        {(error) => (
          <NumberField
            label={t("essay.most")}
            optional={t("optional")}
            error={error}
            notANumber={t("notANumber")}
            value={body.words_max ?? null}
            onChange={(words) => onChange({ body: { ...body, words_max: whole(words) }, scheme })}
          />
        )}
      </Spot>
      <Spot path="question.body.chars_max">
        {(error) => (
          <NumberWithUsual
            label={t("essay.chars")}
            error={error}
            notANumber={t("notANumber")}
            value={body.chars_max ?? CHARS_MAX}
            usual={CHARS_MAX}
            onChange={(most) =>
              onChange({ body: { ...body, chars_max: Math.trunc(most) }, scheme })
            }
          />
        )}
      </Spot>
    </div>
  );
}

/** What is no text is left out, so that an empty note isn't kept. */
export const orNothing = (text: RichText): RichText | null =>
  text.text.trim() === "" ? null : text;

const EMPTY: RichText = { format: "markdown", text: "" };

export function EssayKeyEditor({ body, scheme, onChange }: TypeProps<"essay">) {
  const { t } = useTranslation("questions");
  return (
    <>
      <MarkingNotes
        value={scheme.marking_notes}
        onChange={(text) => onChange({ body, scheme: { ...scheme, marking_notes: text } })}
      />
      <Spot path="key.scheme.model_answer.text">
        {(error) => (
          <RichTextField
            label={t("essay.model")}
            optional={t("optional")}
            hint={t("essay.modelHint")}
            rows={5}
            value={scheme.model_answer ?? EMPTY}
            error={error}
            onChange={(text) => onChange({ body, scheme: { ...scheme, model_answer: text } })}
          />
        )}
      </Spot>
    </>
  );
}

/** How a person gives the points. */
export function MarkingNotes({
  value,
  onChange,
}: {
  value: RichText | null | undefined;
  onChange: (text: RichText) => void;
}) {
  const { t } = useTranslation("questions");
  return (
    <Spot path="key.scheme.marking_notes.text">
      {(error) => (
        <RichTextField
          label={t("essay.notes")}
          optional={t("optional")}
          hint={t("essay.notesHint")}
          rows={5}
          value={value ?? EMPTY}
          error={error}
          onChange={onChange}
        />
      )}
    </Spot>
  );
}
