import type { Folding, ShortTextKey, TextAlternative } from "@/shared/api";
import { NumberWithUsual } from "@/shared/authoring/NumberWithUsual";
import { moved, SortableList } from "@/shared/authoring/SortableList";
import { useRowKeys } from "@/shared/authoring/useRowKeys";
import { useTranslation } from "@/shared/i18n";
import { Checkbox, TextField } from "@/shared/ui";
import { Spot } from "../findings";
import { AddButton, Group, ListFinding, PercentField, RemoveButton, useFeedback } from "../parts";
import type { TypeProps } from "./props";

export const CHARS_DEFAULT = 200;

export function ShortTextBody({ body, scheme, onChange }: TypeProps<"short_text">) {
  const { t } = useTranslation("questions");
  return (
    <Spot path="question.body.chars_max" className="max-w-xs">
      {(error) => (
        <NumberWithUsual
          label={t("text.chars")}
          hint={t("text.charsHint")}
          error={error}
          notANumber={t("notANumber")}
          value={body.chars_max ?? CHARS_DEFAULT}
          usual={CHARS_DEFAULT}
          onChange={(most) => onChange({ body: { ...body, chars_max: Math.trunc(most) }, scheme })}
        />
      )}
    </Spot>
  );
}

export function ShortTextKeyEditor({ body, scheme, onChange }: TypeProps<"short_text">) {
  return (
    <AcceptedTexts
      path="key.scheme"
      scheme={scheme}
      onChange={(next) => onChange({ body, scheme: { ...next, type: "short_text" } })}
    />
  );
}

const ALTERNATIVES_MAX = 100;
const FOLDINGS = [
  { name: "case_sensitive", kind: "case", otherwise: false },
  { name: "fold_width", kind: "width", otherwise: true },
  { name: "fold_space", kind: "space", otherwise: true },
] as const satisfies readonly { name: keyof Folding; kind: string; otherwise: boolean }[];

/** Texts that are accepted, and which differences don't matter; for short texts and for gaps. */
export function AcceptedTexts({
  path,
  scheme,
  onChange,
}: {
  path: string;
  scheme: ShortTextKey;
  onChange: (scheme: ShortTextKey) => void;
}) {
  const { t } = useTranslation("questions");
  const { alternatives, folding = {} } = scheme;
  const rows = useRowKeys(alternatives.length);
  const become = (next: TextAlternative[]) => onChange({ ...scheme, alternatives: next });
  return (
    <>
      <Group
        title={t("text.accepted")}
        lead={t("text.acceptedLead")}
        actions={
          <AddButton
            onClick={() => become([...alternatives, { pattern: "", fraction: 1 }])}
            disabled={alternatives.length >= ALTERNATIVES_MAX}
          >
            {t("text.add")}
          </AddButton>
        }
      >
        <SortableList
          label={t("text.accepted")}
          items={alternatives}
          itemKey={(_, place) => rows.keys[place] ?? String(place)}
          itemName={(_, place) => t("text.answer", { number: place + 1 })}
          onMove={(from, to) => {
            rows.move(from, to);
            become(moved(alternatives, from, to));
          }}
        >
          {(alternative, place, handle) => (
            <div className="flex items-start gap-1">
              {handle}
              <Alternative
                path={`${path}.alternatives[${place}]`}
                number={place + 1}
                alternative={alternative}
                onChange={(change) =>
                  become(
                    alternatives.map((one, at) => (at === place ? { ...one, ...change } : one)),
                  )
                }
                {...(alternatives.length > 1 && {
                  onRemove: () => {
                    rows.remove(place);
                    become(alternatives.filter((_, at) => at !== place));
                  },
                })}
              />
            </div>
          )}
        </SortableList>
        <ListFinding path={`${path}.alternatives`} />
      </Group>
      <Group title={t("text.folding")}>
        {FOLDINGS.map(({ name, kind, otherwise }) => (
          <Checkbox
            key={name}
            label={t(`text.foldings.${kind}.label`)}
            hint={t(`text.foldings.${kind}.hint`)}
            // The wire says which case matters; the person is asked which differences don't.
            checked={(folding[name] ?? otherwise) !== (name === "case_sensitive")}
            onChange={(checked) =>
              onChange({
                ...scheme,
                folding: { ...folding, [name]: checked !== (name === "case_sensitive") },
              })
            }
          />
        ))}
      </Group>
    </>
  );
}

function Alternative({
  path,
  number,
  alternative,
  onChange,
  onRemove,
}: {
  path: string;
  number: number;
  alternative: TextAlternative;
  onChange: (change: Partial<TextAlternative>) => void;
  onRemove?: () => void;
}) {
  const { t } = useTranslation("questions");
  const name = t("text.answer", { number });
  const said = useFeedback({
    name,
    path: `${path}.feedback`,
    value: alternative.feedback,
    onChange: (feedback) => onChange({ feedback }),
  });
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-2">
      <div className="flex items-start gap-1">
        <Spot path={`${path}.pattern`} className="min-w-0 flex-1">
          {(error) => (
            <TextField
              label={name}
              labelHidden
              placeholder={t("text.placeholder")}
              value={alternative.pattern}
              onChange={(event) => onChange({ pattern: event.target.value })}
              error={error}
            />
          )}
        </Spot>
        <PercentField
          label={t("text.worth", { number })}
          path={`${path}.fraction`}
          value={alternative.fraction}
          onChange={(fraction) => onChange({ fraction: fraction ?? 0 })}
        />
        {said.button}
        {onRemove && <RemoveButton label={t("text.remove", { number })} onClick={onRemove} />}
      </div>
      {said.field}
    </div>
  );
}
