import { Pin } from "lucide-react";
import type { ChoiceOption } from "@/shared/api";
import { moved, SortableList } from "@/shared/authoring/SortableList";
import { useTranslation } from "@/shared/i18n";
import { Checkbox, IconButton } from "@/shared/ui";
import { letterOf } from "../../model/ids";
import { addOption, type ChoicePair, removeOption } from "../../model/options";
import type { BodyOf } from "../../model/types";
import { AddButton, Group, Letter, ListFinding, PartText, RemoveButton } from "../parts";

const OPTIONS_MAX = 40;

/** The options of a choice question, as the candidate gets to see them. */
export function Options<T extends "single_choice" | "multiple_choice">({
  pair,
  onChange,
}: {
  pair: ChoicePair<T>;
  onChange: (pair: ChoicePair<T>) => void;
}) {
  const { t } = useTranslation("questions");
  const body: BodyOf<"single_choice" | "multiple_choice"> = pair.body;
  const { options, shuffle = false } = body;
  const become = (next: ChoiceOption[]) =>
    onChange({ ...pair, body: { ...pair.body, options: next } });
  const set = (id: string, change: Partial<ChoiceOption>) =>
    become(options.map((option) => (option.id === id ? { ...option, ...change } : option)));
  const name = (place: number) => t("option.name", { letter: letterOf(place) });
  return (
    <Group
      title={t("option.title")}
      actions={
        <AddButton
          onClick={() => become(addOption(options))}
          disabled={options.length >= OPTIONS_MAX}
        >
          {t("option.add")}
        </AddButton>
      }
    >
      <SortableList
        label={t("option.title")}
        items={options}
        itemKey={(option) => option.id}
        itemName={(_, place) => name(place)}
        onMove={(from, to) => become(moved(options, from, to))}
      >
        {(option, place, handle) => (
          <div className="flex items-start gap-1">
            {handle}
            <Letter>{letterOf(place)}</Letter>
            <PartText
              path={`question.body.options[${place}].text`}
              label={name(place)}
              value={option.text}
              onChange={(text) => set(option.id, { text })}
            />
            {shuffle && (
              <IconButton
                label={t("option.fix", { name: name(place) })}
                icon={<Pin aria-hidden className={option.fixed ? "fill-current" : undefined} />}
                aria-pressed={option.fixed ?? false}
                onClick={() => set(option.id, { fixed: !(option.fixed ?? false) })}
                className={option.fixed ? undefined : "text-muted!"}
              />
            )}
            <RemoveButton
              label={t("option.remove", { name: name(place) })}
              disabled={options.length <= 1}
              onClick={() => onChange(removeOption(pair, option.id))}
            />
          </div>
        )}
      </SortableList>
      <ListFinding path="question.body.options" />
      <Checkbox
        label={t("option.shuffle")}
        hint={t("option.shuffleHint")}
        checked={shuffle}
        onChange={(checked) => onChange({ ...pair, body: { ...pair.body, shuffle: checked } })}
      />
    </Group>
  );
}
