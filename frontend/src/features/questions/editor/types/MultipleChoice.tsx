import { Check, Scale } from "lucide-react";
import type { MultipleChoiceRule } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Button, NumberField, RadioGroup, Switch } from "@/shared/ui";
import { letterOf, without } from "../../model/ids";
import { evenWeights, rightOptions, withRule } from "../../model/options";
import { Spot } from "../findings";
import { Group, ListFinding, PercentField } from "../parts";
import { KeyRow, withFeedback } from "./KeyRow";
import { Options } from "./Options";
import type { TypeProps } from "./props";

export function MultipleChoiceBody({ body, scheme, onChange }: TypeProps<"multiple_choice">) {
  const { t } = useTranslation("questions");
  return (
    <>
      <Options pair={{ body, scheme }} onChange={onChange} />
      <Spot path="question.body.choices_max" className="max-w-xs">
        {(error) => (
          <NumberField
            label={t("option.most")}
            optional={t("optional")}
            hint={t("option.mostHint")}
            error={error}
            notANumber={t("notANumber")}
            value={body.choices_max ?? null}
            onChange={(most) =>
              onChange({
                body: { ...body, choices_max: most === null ? null : Math.trunc(most) },
                scheme,
              })
            }
          />
        )}
      </Spot>
    </>
  );
}

const RULES = ["partial", "all_or_nothing", "weighted"] as const;

export function MultipleChoiceKeyEditor({ body, scheme, onChange }: TypeProps<"multiple_choice">) {
  const { t } = useTranslation("questions");
  const { marking } = scheme;
  const right = rightOptions(marking);
  const become = (next: MultipleChoiceRule) =>
    onChange({ body, scheme: { ...scheme, marking: next } });
  const weigh = (id: string, weight: number | null) => {
    if (marking.rule !== "weighted") return;
    const { weights } = marking;
    become({
      ...marking,
      weights:
        weight === null || weight === 0 ? without(weights, id) : { ...weights, [id]: weight },
    });
  };
  const choose = (id: string, chosen: boolean) => {
    if (marking.rule === "weighted") return;
    // In the options' order, so that the same key is the same text.
    const ids = body.options.map((option) => option.id);
    become({
      ...marking,
      right: ids.filter((other) => (other === id ? chosen : right.includes(other))),
    });
  };
  return (
    <>
      <RadioGroup
        label={t("multiple.rule")}
        value={marking.rule}
        options={RULES.map((rule) => ({
          value: rule,
          label: t(`multiple.rules.${rule}.label`),
          hint: t(`multiple.rules.${rule}.hint`),
        }))}
        onChange={(rule) => become(withRule(marking, rule, body.options))}
      />
      <Group
        title={marking.rule === "weighted" ? t("multiple.weights") : t("multiple.right")}
        {...(marking.rule === "weighted" && {
          actions: (
            <Button
              size="sm"
              icon={<Scale aria-hidden />}
              disabled={right.length === 0}
              onClick={() => become({ ...marking, weights: evenWeights(right, body.options) })}
            >
              {t("multiple.share")}
            </Button>
          ),
        })}
      >
        <ul className="flex flex-col gap-1.5">
          {body.options.map((option, place) => (
            <KeyRow
              key={option.id}
              id={option.id}
              letter={letterOf(place)}
              name={t("option.name", { letter: letterOf(place) })}
              text={option.text}
              right={right.includes(option.id)}
              path="key.scheme"
              feedback={scheme.feedback?.[option.id]}
              onFeedback={(text) =>
                onChange({
                  body,
                  scheme: { ...scheme, ...withFeedback(scheme.feedback, option.id, text) },
                })
              }
              {...(marking.rule === "weighted"
                ? {
                    worth: (
                      <PercentField
                        label={t("key.worth", { letter: letterOf(place) })}
                        path={`key.scheme.marking.weights.${option.id}`}
                        value={marking.weights[option.id] ?? 0}
                        onChange={(weight) => weigh(option.id, weight)}
                      />
                    ),
                  }
                : {
                    worth: right.includes(option.id) && (
                      <span className="inline-flex items-center gap-1 text-sm font-semibold text-safe">
                        <Check aria-hidden className="size-4" />
                        {t("key.right")}
                      </span>
                    ),
                    control: (id: string) => (
                      <input
                        id={id}
                        type="checkbox"
                        checked={right.includes(option.id)}
                        onChange={(event) => choose(option.id, event.target.checked)}
                        className="size-[1.15rem] shrink-0 accent-accent"
                      />
                    ),
                  })}
            />
          ))}
        </ul>
        <ListFinding
          path={
            marking.rule === "weighted" ? "key.scheme.marking.weights" : "key.scheme.marking.right"
          }
        />
        {marking.rule === "weighted" && (
          <Switch
            label={t("multiple.floor")}
            hint={t("multiple.floorHint")}
            checked={marking.floor_zero}
            onChange={(checked) => become({ ...marking, floor_zero: checked })}
          />
        )}
      </Group>
    </>
  );
}
