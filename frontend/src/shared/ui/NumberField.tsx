import { type InputHTMLAttributes, useState } from "react";
import { cx } from "../lib/cx";
import { controlClass, Field, type FieldProps } from "./Field";

/** What was typed, as a number; null when nothing was, undefined when it is none. */
function parse(text: string): number | null | undefined {
  const plain = text
    .trim()
    .replace(/[\u2212\u2013]/g, "-")
    .replace(",", ".");
  if (plain === "") return null;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
  const number = Number(plain);
  return Number.isFinite(number) ? number : undefined;
}

/** As few digits as tell the number: 33.3333333, not 33.33333329999999. */
const shown = (value: number | null) =>
  value === null ? "" : String(Number(value.toPrecision(12)));

/**
 * A field for a number that is typed, not stepped: a wheel that turns over it changes nothing. What is no number stays
 * in the field, marked; no part of it is handed on as a number ("1o" isn't 1), and `findSlip` lets its form wait.
 */
export function NumberField({
  label,
  labelHidden,
  hint,
  error,
  optional,
  className,
  value,
  onChange,
  unit,
  notANumber,
  controlClassName,
  ...input
}: FieldProps & {
  value: number | null;
  onChange: (value: number | null) => void;
  /** Stands behind the number: %, min. */
  unit?: string;
  /** The sentence for what is no number. */
  notANumber: string;
  controlClassName?: string;
} & Omit<
    InputHTMLAttributes<HTMLInputElement>,
    keyof FieldProps | "id" | "value" | "onChange" | "type" | "prefix"
  >) {
  const [typed, setTyped] = useState<string | null>(null);
  // What is typed is shown as typed, unless the value was changed by something else since.
  const fits = typed !== null && (parse(typed) === value || parse(typed) === undefined);
  const text = fits ? typed : shown(value);
  const wrong = parse(text) === undefined;
  return (
    <Field
      {...{ label, labelHidden: labelHidden ?? false, hint, optional, className }}
      error={wrong ? notANumber : error}
    >
      {(ties) => (
        <span className="relative block">
          <input
            {...input}
            {...ties}
            data-slip={wrong || undefined}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            value={text}
            onChange={(event) => {
              setTyped(event.target.value);
              onChange(parse(event.target.value) ?? null);
            }}
            onBlur={(event) => {
              if (!wrong) setTyped(null);
              input.onBlur?.(event);
            }}
            className={cx(controlClass, "tabular", unit !== undefined && "pe-10", controlClassName)}
          />
          {unit !== undefined && (
            <span
              aria-hidden="true"
              className="pointer-events-none absolute end-3 top-1/2 -translate-y-1/2 text-sm text-muted"
            >
              {unit}
            </span>
          )}
        </span>
      )}
    </Field>
  );
}

/**
 * Leads to the first number field in `within` that holds something else than a number; null when there is none. A form
 * asks before it sends: an empty number may mean something to it, a slip must not.
 */
export function findSlip(within: ParentNode = document): HTMLElement | null {
  const slip = within.querySelector<HTMLElement>("[data-slip]");
  slip?.focus();
  return slip;
}
