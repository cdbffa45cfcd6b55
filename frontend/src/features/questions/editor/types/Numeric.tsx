import { useState } from "react";
import type { NumericAnswer, NumericKey, Tolerance, UnitRule } from "@/shared/api";
import { NumberWithUsual } from "@/shared/authoring/NumberWithUsual";
import { useRowKeys } from "@/shared/authoring/useRowKeys";
import { useTranslation } from "@/shared/i18n";
import { Checkbox, NumberField, RadioGroup, Select, TextField } from "@/shared/ui";
import { Spot } from "../findings";
import { AddButton, Group, ListFinding, PercentField, RemoveButton, useFeedback } from "../parts";
import type { TypeProps } from "./props";

const UNITS_MAX = 20;
const ANSWERS_MAX = 100;
const UNIT_RULES = ["optional", "required", "penalty"] as const;
/** What a missing unit costs when the author asks for a penalty and says no more. */
const PENALTY_DEFAULT = 0.1;

export function NumericBody({ body, scheme, onChange }: TypeProps<"numeric">) {
  const { t } = useTranslation("questions");
  const units = body.units ?? [];
  const rows = useRowKeys(units.length);
  const factors = scheme.units ?? [];
  /** The key speaks of the same units: it follows. */
  const become = (next: string[], rename?: { from: string; to: string }) => {
    // While "mm" is typed it reads "m" for a moment: what another unit of that name is worth isn't meant.
    const renamed = rename !== undefined && !next.includes(rename.from) ? rename : undefined;
    const followed = factors
      .map((factor) => (factor.unit === renamed?.from ? { ...factor, unit: renamed.to } : factor))
      .filter((factor) => next.includes(factor.unit));
    onChange({
      body: { ...body, units: next },
      scheme: {
        ...scheme,
        units: followed,
        ...(next.length === 0 && { unit_rule: { rule: "optional" as const } }),
      },
    });
  };
  return (
    <Group
      title={t("number.units")}
      lead={t("number.unitsLead")}
      actions={
        <AddButton onClick={() => become([...units, ""])} disabled={units.length >= UNITS_MAX}>
          {t("number.addUnit")}
        </AddButton>
      }
    >
      {units.map((unit, place) => (
        <div key={rows.keys[place]} className="flex max-w-xs items-start gap-1">
          <Spot path={`question.body.units[${place}]`} className="min-w-0 flex-1">
            {(error) => (
              <TextField
                label={t("number.unit", { number: place + 1 })}
                labelHidden
                placeholder={t("number.unitPlaceholder", { example: "cm, kg, m/s²" })}
                value={unit}
                maxLength={32}
                error={error}
                onChange={(event) =>
                  become(
                    units.map((one, at) => (at === place ? event.target.value : one)),
                    { from: unit, to: event.target.value },
                  )
                }
              />
            )}
          </Spot>
          <RemoveButton
            label={t("number.removeUnit", { number: place + 1 })}
            onClick={() => {
              rows.remove(place);
              become(units.filter((_, at) => at !== place));
            }}
          />
        </div>
      ))}
      <ListFinding path="question.body.units" />
    </Group>
  );
}

export function NumericKeyEditor({ body, scheme, onChange }: TypeProps<"numeric">) {
  const { t } = useTranslation("questions");
  const units = [...new Set(body.units)].filter((unit) => unit.trim() !== "");
  const rule = scheme.unit_rule ?? { rule: "optional" };
  const become = (next: NumericKey) => onChange({ body, scheme: { ...next, type: "numeric" } });
  const setFactor = (unit: string, multiplier: number | null) => {
    const others = (scheme.units ?? []).filter((factor) => factor.unit !== unit);
    become({
      ...scheme,
      units: multiplier === null ? others : [...others, { unit, multiplier }],
    });
  };
  const setRule = (name: UnitRule["rule"]) =>
    become({
      ...scheme,
      unit_rule: name === "penalty" ? { rule: name, fraction: PENALTY_DEFAULT } : { rule: name },
    });
  return (
    <>
      <AcceptedNumbers path="key.scheme" scheme={scheme} onChange={become} />
      {units.length > 0 && (
        <>
          <Group title={t("number.factors")} lead={t("number.factorsLead")}>
            {units.map((unit) => (
              <div key={unit} className="flex items-center gap-3">
                <span className="tabular shrink-0 font-medium">
                  {t("number.oneUnit", { unit })}
                </span>
                <NumberField
                  label={t("number.factor", { unit })}
                  labelHidden
                  className="w-36"
                  notANumber={t("notANumber")}
                  value={scheme.units?.find((factor) => factor.unit === unit)?.multiplier ?? null}
                  onChange={(multiplier) => setFactor(unit, multiplier)}
                />
              </div>
            ))}
            <ListFinding path="key.scheme.units" />
          </Group>
          <RadioGroup
            label={t("number.unitRule")}
            value={rule.rule}
            options={UNIT_RULES.map((name) => ({
              value: name,
              label: t(`number.unitRules.${name}`),
            }))}
            onChange={setRule}
          />
          {rule.rule === "penalty" && (
            <PercentField
              label={t("number.penalty")}
              labelHidden={false}
              path="key.scheme.unit_rule.fraction"
              value={rule.fraction}
              onChange={(fraction) =>
                become({ ...scheme, unit_rule: { rule: "penalty", fraction: fraction ?? 0 } })
              }
            />
          )}
        </>
      )}
    </>
  );
}

/** Numbers that are accepted; for numeric questions and for gaps. */
export function AcceptedNumbers({
  path,
  scheme,
  onChange,
}: {
  path: string;
  scheme: NumericKey;
  onChange: (scheme: NumericKey) => void;
}) {
  const { t } = useTranslation("questions");
  const { answers } = scheme;
  // One empty row stands ready: what isn't typed isn't sent.
  const shown = answers.length > 0 ? answers : [EMPTY];
  const rows = useRowKeys(shown.length);
  const become = (next: NumericAnswer[]) => onChange({ ...scheme, answers: next });
  return (
    <>
      <Group
        title={t("number.accepted")}
        lead={t("number.acceptedLead")}
        actions={
          <AddButton
            onClick={() => become([...shown, EMPTY])}
            disabled={shown.length >= ANSWERS_MAX}
          >
            {t("number.add")}
          </AddButton>
        }
      >
        {shown.map((answer, place) => (
          <AcceptedNumber
            key={rows.keys[place]}
            path={`${path}.answers[${place}]`}
            number={place + 1}
            answer={answer}
            onChange={(change) =>
              become(shown.map((one, at) => (at === place ? { ...one, ...change } : one)))
            }
            {...(shown.length > 1 && {
              onRemove: () => {
                rows.remove(place);
                become(shown.filter((_, at) => at !== place));
              },
            })}
          />
        ))}
        <ListFinding path={`${path}.answers`} />
      </Group>
      <Checkbox
        label={t("number.comma")}
        hint={t("number.commaHint")}
        checked={scheme.decimal_comma ?? false}
        onChange={(checked) => onChange({ ...scheme, decimal_comma: checked })}
      />
    </>
  );
}

/** A row that isn't filled in. `NaN` stands for the number that isn't there; `sendable` leaves such rows out. */
const EMPTY: NumericAnswer = { value: Number.NaN, fraction: 1 };

type ToleranceKind = "exact" | Tolerance["kind"];
const TOLERANCES = ["exact", "absolute", "relative"] as const satisfies readonly ToleranceKind[];

const HUNDRED = 100;

function AcceptedNumber({
  path,
  number,
  answer,
  onChange,
  onRemove,
}: {
  path: string;
  number: number;
  answer: NumericAnswer;
  onChange: (change: Partial<NumericAnswer>) => void;
  onRemove?: () => void;
}) {
  const { t } = useTranslation("questions");
  const tolerance = answer.tolerance ?? { kind: "absolute", by: 0 };
  // "± 0" must not turn into "exact" while its number is being typed.
  const [apart, setApart] = useState(false);
  const kind: ToleranceKind =
    tolerance.kind === "absolute" && tolerance.by === 0 && !apart ? "exact" : tolerance.kind;
  const rows = { exact: null, absolute: tolerance.by, relative: tolerance.by * HUNDRED };
  const said = useFeedback({
    name: t("text.answer", { number }),
    path: `${path}.feedback`,
    value: answer.feedback,
    onChange: (feedback) => onChange({ feedback }),
  });
  const setKind = (next: ToleranceKind | "") => {
    setApart(next !== "exact");
    if (next === "exact") onChange({ tolerance: { kind: "absolute", by: 0 } });
    if (next === "absolute") onChange({ tolerance: { kind: "absolute", by: tolerance.by || 0.1 } });
    if (next === "relative")
      onChange({ tolerance: { kind: "relative", by: Math.min(tolerance.by, 0.05) || 0.01 } });
  };
  return (
    <div className="flex flex-col gap-2 rounded-md border border-line p-3">
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <Spot path={`${path}.value`} className="w-36">
          {(error) => (
            <NumberField
              label={t("number.value", { number })}
              error={error}
              notANumber={t("notANumber")}
              value={Number.isNaN(answer.value) ? null : answer.value}
              onChange={(value) => onChange({ value: value ?? Number.NaN })}
            />
          )}
        </Spot>
        <Select
          label={t("number.tolerance")}
          value={kind}
          options={TOLERANCES.map((one) => ({ value: one, label: t(`number.tolerances.${one}`) }))}
          onChange={setKind}
          className="w-40"
        />
        {kind !== "exact" && (
          <Spot path={`${path}.tolerance.by`} className="w-28">
            {(error) => (
              <NumberWithUsual
                label={t("number.by")}
                error={error}
                notANumber={t("notANumber")}
                {...(kind === "relative" && { unit: "%" })}
                value={rows[kind]}
                usual={0}
                onChange={(by) => {
                  setApart(true);
                  onChange({
                    tolerance: { kind, by: kind === "relative" ? by / HUNDRED : by },
                  });
                }}
              />
            )}
          </Spot>
        )}
        <PercentField
          label={t("number.worth")}
          labelHidden={false}
          path={`${path}.fraction`}
          value={answer.fraction}
          onChange={(fraction) => onChange({ fraction: fraction ?? 0 })}
        />
        <span className="flex">
          {said.button}
          {onRemove && <RemoveButton label={t("text.remove", { number })} onClick={onRemove} />}
        </span>
      </div>
      {said.field}
      {!Number.isNaN(answer.value) && kind !== "exact" && tolerance.by > 0 && (
        <p className="tabular text-sm text-muted">
          {t("number.range", {
            from: tidy(answer.value - bound(answer.value, tolerance)),
            to: tidy(answer.value + bound(answer.value, tolerance)),
          })}
        </p>
      )}
    </div>
  );
}

const bound = (value: number, { kind, by }: Tolerance) =>
  kind === "relative" ? by * Math.abs(value) : by;
const tidy = (value: number) => String(Number(value.toPrecision(10)));
