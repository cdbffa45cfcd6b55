import { Check } from "lucide-react";
import { useId, useState } from "react";
import type { RichText, SingleChoiceKey } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Switch } from "@/shared/ui";
import { letterOf, without } from "../../model/ids";
import { Group, ListFinding, PercentField } from "../parts";
import { KeyRow, withFeedback } from "./KeyRow";
import { Options } from "./Options";
import type { TypeProps } from "./props";

export function SingleChoiceBody({ body, scheme, onChange }: TypeProps<"single_choice">) {
  return <Options pair={{ body, scheme }} onChange={onChange} />;
}

export function SingleChoiceKeyEditor({ body, scheme, onChange }: TypeProps<"single_choice">) {
  const { t } = useTranslation("questions");
  return (
    <OneRight
      title={t("key.oneRight")}
      path="key.scheme"
      options={body.options}
      scheme={scheme}
      onChange={(next) => onChange({ body, scheme: { ...next, type: "single_choice" } })}
    />
  );
}

/** Says which of some options is right; for choice questions and for the gaps of a cloze. */
export function OneRight({
  title,
  path,
  options,
  scheme,
  onChange,
}: {
  title: string;
  path: string;
  options: readonly { id: string; text: RichText | string }[];
  scheme: SingleChoiceKey;
  onChange: (scheme: SingleChoiceKey) => void;
}) {
  const { t } = useTranslation("questions");
  const group = useId();
  const { fractions } = scheme;
  const usual =
    Object.values(fractions).every((fraction) => fraction === 1 || fraction === 0) &&
    Object.values(fractions).filter((fraction) => fraction === 1).length <= 1;
  const [shared, setShared] = useState(!usual);
  const worth = (id: string) => fractions[id] ?? 0;
  return (
    <Group title={title}>
      <ul className="flex flex-col gap-1.5">
        {options.map((option, place) => (
          <KeyRow
            key={option.id}
            id={option.id}
            letter={letterOf(place)}
            name={t("option.name", { letter: letterOf(place) })}
            text={option.text}
            right={worth(option.id) === 1}
            path={path}
            feedback={scheme.feedback?.[option.id]}
            onFeedback={(text) =>
              onChange({ ...scheme, ...withFeedback(scheme.feedback, option.id, text) })
            }
            {...(shared
              ? {
                  worth: (
                    <PercentField
                      label={t("key.worth", { letter: letterOf(place) })}
                      path={`${path}.fractions.${option.id}`}
                      value={worth(option.id)}
                      onChange={(share) =>
                        onChange({
                          ...scheme,
                          fractions:
                            share === null || share === 0
                              ? without(fractions, option.id)
                              : { ...fractions, [option.id]: share },
                        })
                      }
                    />
                  ),
                }
              : {
                  worth: worth(option.id) === 1 && (
                    <span className="inline-flex items-center gap-1 text-sm font-semibold text-safe">
                      <Check aria-hidden className="size-4" />
                      {t("key.right")}
                    </span>
                  ),
                  control: (id: string) => (
                    <input
                      id={id}
                      type="radio"
                      name={group}
                      checked={worth(option.id) === 1}
                      onChange={() => onChange({ ...scheme, fractions: { [option.id]: 1 } })}
                      className="size-[1.15rem] shrink-0 accent-accent"
                    />
                  ),
                })}
          />
        ))}
      </ul>
      <ListFinding path={`${path}.fractions`} />
      <Switch
        label={t("key.shares")}
        hint={t("key.sharesHint")}
        checked={shared}
        onChange={(checked) => {
          setShared(checked);
          const best = options.find((option) => worth(option.id) === 1)?.id;
          if (!checked) onChange({ ...scheme, fractions: best === undefined ? {} : { [best]: 1 } });
        }}
      />
    </Group>
  );
}
