import { ArrowDown, ArrowUp, Dices, Ellipsis, ListPlus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Draw, ExamFinding } from "@/shared/api";
import { pointsText } from "@/shared/authoring/points";
import { RichTextField } from "@/shared/authoring/RichTextField";
import { moved, SortableList } from "@/shared/authoring/SortableList";
import { useTranslation } from "@/shared/i18n";
import {
  Button,
  Checkbox,
  Disclosure,
  EmptyState,
  IconButton,
  Menu,
  MenuItem,
  MenuSeparator,
  NumberField,
  RadioGroup,
  TextField,
} from "@/shared/ui";
import type { Known } from "../api/readSummaries";
import { DrawDialog } from "./DrawDialog";
import { DrawRow } from "./DrawRow";
import {
  type DraftItem,
  type DraftSection,
  type ExamDraft,
  fixedIds,
  issueKey,
  moveItem,
  totalsOf,
  withSection,
} from "./draft";
import { FixedRow } from "./FixedRow";
import { useExamFindingText } from "./findingText";
import { PickQuestions } from "./PickQuestions";

const TITLE_CHARS_MAX = 200;

type Asking = { what: "pick" } | { what: "draw"; item: DraftItem | null };

/** One section: what is asked in it, and how candidates go through it. */
export function SectionCard({
  draft,
  part,
  place,
  name,
  handle,
  known,
  findings,
  onChange,
  onPicked,
}: {
  draft: ExamDraft;
  part: DraftSection;
  place: number;
  name: string;
  handle: ReactNode;
  known: ReadonlyMap<string, Known>;
  findings: readonly ExamFinding[];
  onChange: (draft: ExamDraft) => void;
  onPicked: (questions: readonly Known[]) => void;
}) {
  const { t, i18n } = useTranslation("exams");
  const text = useExamFindingText();
  const [asking, setAsking] = useState<Asking | null>(null);
  const { section, items } = part;
  const totals = totalsOf([part], known);
  const several = draft.sections.length > 1;
  const become = (next: Partial<DraftSection>) =>
    onChange(withSection(draft, part.key, (old) => ({ ...old, ...next })));
  const set = (change: Partial<DraftSection["section"]>) =>
    become({ section: { ...section, ...change } });
  const setItem = (key: string, change: (item: DraftItem) => DraftItem) =>
    become({ items: items.map((one) => (one.key === key ? change(one) : one)) });
  const remove = (key: string) => become({ items: items.filter((one) => one.key !== key) });
  const found = (at: string) => findings.filter(({ field }) => field.startsWith(at));
  const limit = findings.find(({ field }) => field === `sections[${place}].time_limit_minutes`);
  const others = draft.sections
    .map(({ key, section: other }, at) => ({
      key,
      name: other.title || t("section.name", { number: at + 1 }),
    }))
    .filter(({ key }) => key !== part.key);
  const shift = (by: number) =>
    onChange({ ...draft, sections: moved(draft.sections, place, place + by) });
  const itemName = ({ item }: DraftItem, at: number) =>
    item.type === "draw"
      ? t("draw.name", { count: item.count })
      : known.get(item.question_id)?.title || t("item.name", { number: at + 1 });

  return (
    <section
      aria-label={name}
      data-spot={`sections[${place}]`}
      className="rounded-lg border border-line bg-surface shadow-card"
    >
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-3">
        {handle}
        <TextField
          className="min-w-40 flex-1"
          label={t("section.title")}
          labelHidden
          placeholder={
            several ? t("section.titlePlaceholder", { number: place + 1 }) : t("section.only")
          }
          value={section.title ?? ""}
          maxLength={TITLE_CHARS_MAX}
          onChange={(event) => set({ title: event.target.value })}
        />
        <p className="tabular text-sm text-muted">
          {t("section.totals", {
            count: totals.questions,
            points: pointsText(totals.points, i18n.language),
          })}
        </p>
        <Menu
          label={t("section.acts", { name })}
          trigger={
            <IconButton
              label={t("section.acts", { name })}
              icon={<Ellipsis aria-hidden />}
              className="text-muted!"
            />
          }
        >
          <MenuItem
            icon={<ArrowUp aria-hidden />}
            disabled={place === 0}
            onSelect={() => shift(-1)}
          >
            {t("section.up")}
          </MenuItem>
          <MenuItem
            icon={<ArrowDown aria-hidden />}
            disabled={place === draft.sections.length - 1}
            onSelect={() => shift(1)}
          >
            {t("section.down")}
          </MenuItem>
          <MenuSeparator />
          <MenuItem
            danger
            icon={<Trash2 aria-hidden />}
            disabled={!several}
            onSelect={() => onChange(withSection(draft, part.key, () => null))}
          >
            {t("section.remove")}
          </MenuItem>
        </Menu>
      </header>
      <div className="flex flex-col gap-4 p-4">
        {items.length === 0 ? (
          <EmptyState title={t("section.empty")}>{t("section.emptyLead")}</EmptyState>
        ) : (
          <SortableList
            label={t("section.items", { name })}
            items={items}
            itemKey={({ key }) => key}
            itemName={itemName}
            onMove={(from, to) => become({ items: moved(items, from, to) })}
            className="gap-1.5!"
          >
            {(one, at, grip) => {
              const path = `sections[${place}].items[${at}]`;
              const common = {
                path,
                handle: grip,
                findings: found(path),
                others,
                onMoveTo: (to: string) => onChange(moveItem(draft, one.key, to)),
                onRemove: () => remove(one.key),
              };
              const { item } = one;
              return item.type === "fixed" ? (
                <FixedRow
                  {...common}
                  item={item}
                  question={known.get(item.question_id)}
                  onPoints={(points) =>
                    setItem(one.key, (old) => ({ ...old, item: { ...item, points } }))
                  }
                />
              ) : (
                <DrawRow
                  {...common}
                  draw={item}
                  onEdit={() => setAsking({ what: "draw", item: one })}
                />
              );
            }}
          </SortableList>
        )}
        <div className="flex flex-wrap gap-2">
          <Button
            size="sm"
            icon={<ListPlus aria-hidden />}
            onClick={() => setAsking({ what: "pick" })}
          >
            {t("item.add")}
          </Button>
          <Button
            size="sm"
            icon={<Dices aria-hidden />}
            onClick={() => setAsking({ what: "draw", item: null })}
          >
            {t("draw.add")}
          </Button>
        </div>
        <SectionRules
          part={part}
          path={`sections[${place}]`}
          duration={draft.rules.duration_minutes}
          limitError={limit && text(limit)}
          onChange={set}
        />
      </div>
      {asking?.what === "pick" && (
        <PickQuestions
          taken={new Set(fixedIds(draft))}
          onDone={(questions) => {
            onPicked(questions);
            become({
              items: [
                ...items,
                ...questions.map(({ id }) => ({
                  key: issueKey(),
                  item: { type: "fixed" as const, question_id: id },
                })),
              ],
            });
            setAsking(null);
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {asking?.what === "draw" && (
        <DrawDialog
          draw={asking.item?.item.type === "draw" ? asking.item.item : null}
          onDone={(draw: Draw) => {
            const item = { type: "draw" as const, ...draw };
            if (asking.item === null) become({ items: [...items, { key: issueKey(), item }] });
            else setItem(asking.item.key, (old) => ({ ...old, item }));
            setAsking(null);
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}

/** How candidates go through the section. */
function SectionRules({
  part: { section },
  path,
  duration,
  limitError,
  onChange,
}: {
  part: DraftSection;
  path: string;
  duration: number;
  limitError: string | undefined;
  onChange: (change: Partial<DraftSection["section"]>) => void;
}) {
  const { t } = useTranslation("exams");
  const navigation = section.navigation ?? "free";
  const limit = section.time_limit_minutes ?? null;
  const words = [
    t(`navigation.${navigation}.label`),
    limit === null ? null : t("section.limit", { count: limit }),
    section.shuffle_questions ? t("section.shuffled") : null,
    section.instructions ? t("section.instructed") : null,
  ].filter((word) => word !== null);
  return (
    <Disclosure summary={t("section.rules")} note={words.join(" · ")}>
      <div className="grid gap-5 md:grid-cols-2">
        <RadioGroup
          label={t("navigation.label")}
          value={navigation}
          options={(["free", "forward_only"] as const).map((value) => ({
            value,
            label: t(`navigation.${value}.label`),
            hint: t(`navigation.${value}.hint`),
          }))}
          onChange={(value) => onChange({ navigation: value })}
        />
        <div className="flex flex-col gap-4">
          <div data-spot={`${path}.time_limit_minutes`}>
            <NumberField
              label={t("section.limitLabel")}
              optional={t("optional")}
              hint={t("section.limitHint", { minutes: duration })}
              error={limitError}
              notANumber={t("notANumber")}
              value={limit}
              onChange={(minutes) =>
                onChange({ time_limit_minutes: minutes === null ? null : Math.trunc(minutes) })
              }
            />
          </div>
          <Checkbox
            label={t("section.shuffle")}
            checked={section.shuffle_questions ?? false}
            onChange={(checked) => onChange({ shuffle_questions: checked })}
          />
          <Checkbox
            label={t("section.shuffleOptions")}
            hint={t("section.shuffleOptionsHint")}
            checked={section.shuffle_options ?? false}
            onChange={(checked) => onChange({ shuffle_options: checked })}
          />
        </div>
        <RichTextField
          className="md:col-span-2"
          label={t("section.instructions")}
          optional={t("optional")}
          value={{ format: "markdown", text: section.instructions ?? "" }}
          onChange={({ text }) => onChange({ instructions: text })}
        />
      </div>
    </Disclosure>
  );
}
