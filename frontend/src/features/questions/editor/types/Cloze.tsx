import { SquareDashed } from "lucide-react";
import { useRef } from "react";
import type { Gap, GapKey } from "@/shared/api";
import { selectedText } from "@/shared/authoring/insert";
import { NumberWithUsual } from "@/shared/authoring/NumberWithUsual";
import { RichTextField } from "@/shared/authoring/RichTextField";
import { useTranslation } from "@/shared/i18n";
import { Button, Checkbox, Menu, MenuItem, Select } from "@/shared/ui";
import {
  addGap,
  type ClozePair,
  changeInput,
  changeKind,
  describeGap,
  type GapKindName,
  gapsInText,
  inTextOrder,
  removeGap,
} from "../../model/gaps";
import { Spot } from "../findings";
import { Group, ListFinding, RemoveButton } from "../parts";
import { GapOptions } from "./GapOptions";
import { AcceptedNumbers } from "./Numeric";
import type { TypeProps } from "./props";
import { AcceptedTexts, CHARS_DEFAULT } from "./ShortText";
import { OneRight } from "./SingleChoice";

const KINDS = ["text", "number", "choice"] as const satisfies readonly GapKindName[];

export function ClozeBody({ body, scheme, onChange }: TypeProps<"cloze">) {
  const { t } = useTranslation("questions");
  const area = useRef<HTMLTextAreaElement>(null);
  const pair: ClozePair = { body, scheme };
  const gaps = inTextOrder(body);
  const undescribed = gapsInText(body.text.text).filter(
    (id) => !body.gaps.some((gap) => gap.id === id),
  );
  const insert = (kind: GapKindName) => {
    const text = area.current;
    if (text === null) return;
    const answer = selectedText(text);
    const made = addGap(pair, kind, answer);
    const { selectionStart: start, selectionEnd: end, value } = text;
    const around = value.slice(0, start) + made.marker + value.slice(end);
    onChange({
      ...made.pair,
      body: { ...made.pair.body, text: { ...body.text, text: around } },
    });
    const caret = start + made.marker.length;
    requestAnimationFrame(() => {
      text.focus();
      text.setSelectionRange(caret, caret);
    });
  };
  /** Shows where a gap stands, by selecting it in the text. */
  const show = (gap: Gap) => {
    const text = area.current;
    const marker = `[[${gap.id}]]`;
    const at = text?.value.indexOf(marker) ?? -1;
    if (text === null || at < 0) return;
    text.focus();
    text.setSelectionRange(at, at + marker.length);
    text.scrollIntoView({ block: "nearest" });
  };
  return (
    <>
      <Spot path="question.body.text.text">
        {(error) => (
          <RichTextField
            label={t("cloze.text")}
            hint={t("cloze.hint", { example: "[[1]]" })}
            rows={6}
            value={body.text}
            error={error}
            area={area}
            onChange={(text) => onChange({ body: { ...body, text }, scheme })}
            tools={
              <Menu
                label={t("cloze.insert")}
                align="start"
                trigger={
                  <Button
                    size="sm"
                    look="quiet"
                    icon={<SquareDashed aria-hidden />}
                    // The selection in the text must outlive the press.
                    onMouseDown={(event) => event.preventDefault()}
                  >
                    {t("cloze.insert")}
                  </Button>
                }
              >
                {KINDS.map((kind) => (
                  <MenuItem key={kind} onSelect={() => insert(kind)}>
                    {t(`cloze.kinds.${kind}`)}
                  </MenuItem>
                ))}
              </Menu>
            }
          />
        )}
      </Spot>
      <Group title={t("cloze.gaps")} {...(gaps.length === 0 && { lead: t("cloze.none") })}>
        {gaps.map((gap) => (
          <GapRow
            key={gap.id}
            gap={gap}
            index={body.gaps.indexOf(gap)}
            onShow={() => show(gap)}
            onKind={(kind) => onChange(changeKind(pair, gap.id, kind))}
            onRemove={() => onChange(removeGap(pair, gap.id))}
            onChange={(input) => onChange(changeInput(pair, gap.id, input))}
          />
        ))}
        {undescribed.map((id) => (
          <div
            key={id}
            className="flex flex-wrap items-center gap-2 rounded-md border border-dashed border-edge px-3 py-2"
          >
            <span className="me-auto">{t("cloze.undescribed", { gap: `[[${id}]]` })}</span>
            {KINDS.map((kind) => (
              <Button key={kind} size="sm" onClick={() => onChange(describeGap(pair, id, kind))}>
                {t(`cloze.kinds.${kind}`)}
              </Button>
            ))}
          </div>
        ))}
        <ListFinding path="question.body.gaps" />
      </Group>
    </>
  );
}

/** What the candidate is offered in one gap. */
function GapRow({
  gap,
  index,
  onShow,
  onKind,
  onRemove,
  onChange,
}: {
  gap: Gap;
  index: number;
  onShow: () => void;
  onKind: (kind: GapKindName) => void;
  onRemove: () => void;
  onChange: (input: Gap["input"]) => void;
}) {
  const { t } = useTranslation("questions");
  const path = `question.body.gaps[${index}]`;
  const { input } = gap;
  return (
    <div className="flex flex-col gap-2 rounded-md border border-line p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button size="sm" look="quiet" onClick={onShow} title={t("cloze.show")}>
          {t("cloze.gap", { id: gap.id })}
        </Button>
        <Select
          label={t("cloze.kind", { id: gap.id })}
          labelHidden
          value={input.kind}
          options={KINDS.map((kind) => ({ value: kind, label: t(`cloze.kinds.${kind}`) }))}
          onChange={(kind) => kind !== "" && kind !== input.kind && onKind(kind)}
          className="w-44"
        />
        {input.kind === "text" && (
          <Spot path={`${path}.input.chars_max`} className="flex items-center gap-2">
            {(error) => (
              <>
                <span aria-hidden="true" className="text-sm text-muted">
                  {t("cloze.atMost")}
                </span>
                <NumberWithUsual
                  label={t("cloze.chars", { id: gap.id })}
                  labelHidden
                  className="w-24"
                  error={error}
                  notANumber={t("notANumber")}
                  value={input.chars_max ?? CHARS_DEFAULT}
                  usual={CHARS_DEFAULT}
                  onChange={(most) => onChange({ ...input, chars_max: Math.trunc(most) })}
                />
                <span aria-hidden="true" className="text-sm text-muted">
                  {t("cloze.characters")}
                </span>
              </>
            )}
          </Spot>
        )}
        <span className="ms-auto">
          <RemoveButton label={t("cloze.remove", { id: gap.id })} onClick={onRemove} />
        </span>
      </div>
      {input.kind === "choice" && (
        <>
          <GapOptions path={`${path}.input`} input={input} onChange={onChange} />
          <Checkbox
            label={t("option.shuffle")}
            checked={input.shuffle ?? false}
            onChange={(shuffle) => onChange({ ...input, shuffle })}
          />
        </>
      )}
      <ListFinding path={path} />
    </div>
  );
}

export function ClozeKeyEditor({ body, scheme, onChange }: TypeProps<"cloze">) {
  const { t } = useTranslation("questions");
  const gaps = inTextOrder(body);
  if (gaps.length === 0) return <p className="text-muted">{t("cloze.keyNone")}</p>;
  const set = (id: string, key: GapKey) =>
    onChange({ body, scheme: { ...scheme, gaps: { ...scheme.gaps, [id]: key } } });
  return gaps.map((gap) => {
    const key = scheme.gaps[gap.id];
    return (
      <section
        key={gap.id}
        aria-label={t("cloze.gap", { id: gap.id })}
        className="flex flex-col gap-4 border-t border-line pt-4 first:border-0 first:pt-0"
      >
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h3 className="font-semibold">{t("cloze.gap", { id: gap.id })}</h3>
          {key && gaps.length > 1 && (
            <Spot path={`key.scheme.gaps.${gap.id}.weight`} className="flex items-center gap-2">
              {(error) => (
                <>
                  <span aria-hidden="true" className="text-sm text-muted">
                    {t("cloze.weight")}
                  </span>
                  <NumberWithUsual
                    label={t("cloze.weightOf", { id: gap.id })}
                    labelHidden
                    className="w-20"
                    error={error}
                    notANumber={t("notANumber")}
                    value={key.weight ?? 1}
                    usual={1}
                    onChange={(weight) => set(gap.id, { ...key, weight: Math.trunc(weight) })}
                  />
                </>
              )}
            </Spot>
          )}
        </div>
        {key && <GapKeyEditor gap={gap} value={key} onChange={(next) => set(gap.id, next)} />}
        <ListFinding path={`key.scheme.gaps.${gap.id}`} />
      </section>
    );
  });
}

function GapKeyEditor({
  gap,
  value,
  onChange,
}: {
  gap: Gap;
  value: GapKey;
  onChange: (key: GapKey) => void;
}) {
  const { t } = useTranslation("questions");
  const path = `key.scheme.gaps.${gap.id}.scheme`;
  const { scheme } = value;
  switch (scheme.kind) {
    case "text":
      return (
        <AcceptedTexts
          path={path}
          scheme={scheme}
          onChange={(next) => onChange({ ...value, scheme: { ...next, kind: "text" } })}
        />
      );
    case "number":
      return (
        <AcceptedNumbers
          path={path}
          scheme={scheme}
          onChange={(next) => onChange({ ...value, scheme: { ...next, kind: "number" } })}
        />
      );
    case "choice":
      return (
        <OneRight
          title={t("key.oneRight")}
          path={path}
          options={gap.input.kind === "choice" ? gap.input.options : []}
          scheme={scheme}
          onChange={(next) => onChange({ ...value, scheme: { ...next, kind: "choice" } })}
        />
      );
  }
}
