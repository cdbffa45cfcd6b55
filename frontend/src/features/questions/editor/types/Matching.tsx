import type { TextPart } from "@/shared/api";
import { moved, SortableList } from "@/shared/authoring/SortableList";
import { useTranslation } from "@/shared/i18n";
import { Checkbox, RadioGroup, Select } from "@/shared/ui";
import { letterOf } from "../../model/ids";
import {
  addDistractor,
  addMatch,
  type MatchingPair,
  removePrompt,
  removeTarget,
  withText,
} from "../../model/parts";
import { Spot } from "../findings";
import { AddButton, Group, Letter, ListFinding, PartText, RemoveButton, snippet } from "../parts";
import type { TypeProps } from "./props";

const PAIRS_MAX = 60;
const RULES = ["per_pair", "all_or_nothing"] as const;

export function MatchingBody({ body, scheme, onChange }: TypeProps<"matching">) {
  const { t } = useTranslation("questions");
  const pair: MatchingPair = { body, scheme };
  return (
    <>
      <div className="grid gap-6 lg:grid-cols-2">
        <PartList
          title={t("matching.prompts")}
          path="question.body.prompts"
          parts={body.prompts}
          mark={(place) => String(place + 1)}
          name={(place) => t("matching.prompt", { number: place + 1 })}
          onChange={(prompts) => onChange({ body: { ...body, prompts }, scheme })}
          onRemove={(id) => onChange(removePrompt(pair, id))}
        />
        <PartList
          title={t("matching.targets")}
          path="question.body.targets"
          parts={body.targets}
          mark={letterOf}
          name={(place) => t("matching.target", { letter: letterOf(place) })}
          onChange={(targets) => onChange({ body: { ...body, targets }, scheme })}
          onRemove={(id) => onChange(removeTarget(pair, id))}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <AddButton
          onClick={() => onChange(addMatch(pair))}
          disabled={body.prompts.length >= PAIRS_MAX || body.targets.length >= PAIRS_MAX}
        >
          {t("matching.addPair")}
        </AddButton>
        <AddButton
          onClick={() => onChange(addDistractor(pair))}
          disabled={body.targets.length >= PAIRS_MAX}
        >
          {t("matching.addDistractor")}
        </AddButton>
      </div>
      <Checkbox
        label={t("matching.shuffle")}
        checked={body.shuffle ?? true}
        onChange={(shuffle) => onChange({ body: { ...body, shuffle }, scheme })}
      />
    </>
  );
}

function PartList({
  title,
  path,
  parts,
  mark,
  name,
  onChange,
  onRemove,
}: {
  title: string;
  path: string;
  parts: readonly TextPart[];
  mark: (place: number) => string;
  name: (place: number) => string;
  onChange: (parts: TextPart[]) => void;
  onRemove: (id: string) => void;
}) {
  const { t } = useTranslation("questions");
  return (
    <Group title={title}>
      <SortableList
        label={title}
        items={parts}
        itemKey={(part) => part.id}
        itemName={(_, place) => name(place)}
        onMove={(from, to) => onChange(moved(parts, from, to))}
      >
        {(part, place, handle) => (
          <div className="flex items-start gap-1">
            {handle}
            <Letter>{mark(place)}</Letter>
            <PartText
              path={`${path}[${place}].text`}
              label={name(place)}
              value={part.text}
              onChange={(text) => onChange(withText(parts, part.id, text))}
            />
            <RemoveButton
              label={t("option.remove", { name: name(place) })}
              onClick={() => onRemove(part.id)}
            />
          </div>
        )}
      </SortableList>
      <ListFinding path={path} />
    </Group>
  );
}

export function MatchingKeyEditor({ body, scheme, onChange }: TypeProps<"matching">) {
  const { t } = useTranslation("questions");
  const targets = body.targets.map((target, place) => ({
    value: target.id,
    label: `${letterOf(place)}  ${snippet(target.text) || t("option.empty")}`,
  }));
  return (
    <>
      <Group title={t("matching.pairs")} lead={t("matching.pairsLead")}>
        {body.prompts.map((prompt, place) => (
          <Spot
            key={prompt.id}
            path={`key.scheme.pairs.${prompt.id}`}
            className="grid items-center gap-x-4 gap-y-1 sm:grid-cols-2"
          >
            {(error) => (
              <>
                <span className="flex min-w-0 gap-1" aria-hidden="true">
                  <Letter>{place + 1}</Letter>
                  <span className="min-w-0 py-2 break-words">
                    {snippet(prompt.text) || <em className="text-muted">{t("option.empty")}</em>}
                  </span>
                </span>
                <Select
                  label={t("matching.targetOf", { number: place + 1 })}
                  labelHidden
                  placeholder={t("matching.choose")}
                  value={scheme.pairs[prompt.id] ?? ""}
                  options={targets}
                  error={error}
                  onChange={(target) => {
                    const { [prompt.id]: _, ...rest } = scheme.pairs;
                    onChange({
                      body,
                      scheme: {
                        ...scheme,
                        pairs: target === "" ? rest : { ...rest, [prompt.id]: target },
                      },
                    });
                  }}
                />
              </>
            )}
          </Spot>
        ))}
        <ListFinding path="key.scheme.pairs" />
      </Group>
      <RadioGroup
        label={t("key.marking")}
        value={scheme.rule ?? "per_pair"}
        options={RULES.map((rule) => ({ value: rule, label: t(`matching.rules.${rule}`) }))}
        onChange={(rule) => onChange({ body, scheme: { ...scheme, rule } })}
      />
    </>
  );
}
