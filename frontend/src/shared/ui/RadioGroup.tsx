import { type ReactNode, useId } from "react";
import { cx } from "../lib/cx";
import { tickClass } from "./Checkbox";
import { FieldError } from "./Field";

export interface RadioOption<V extends string> {
  value: V;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
}

/** One of several; arrow keys move the choice, as the browser does it. */
export function RadioGroup<V extends string>({
  label,
  labelHidden = false,
  options,
  value,
  onChange,
  error,
  inline = false,
}: {
  label: ReactNode;
  labelHidden?: boolean;
  options: readonly RadioOption<V>[];
  value: V | null;
  onChange: (value: V) => void;
  error?: ReactNode;
  inline?: boolean;
}) {
  const name = useId();
  return (
    <fieldset aria-describedby={error ? `${name}-error` : undefined} className="min-w-0">
      <legend className={labelHidden ? "sr-only" : "mb-1.5 font-medium"}>{label}</legend>
      <div className={cx("flex gap-x-6 gap-y-2", inline ? "flex-wrap" : "flex-col")}>
        {options.map((option) => (
          <div key={option.value} className="flex items-start gap-2.5">
            <input
              id={`${name}-${option.value}`}
              type="radio"
              name={name}
              checked={value === option.value}
              disabled={option.disabled}
              aria-describedby={option.hint ? `${name}-${option.value}-hint` : undefined}
              onChange={() => onChange(option.value)}
              className={cx(tickClass, "mt-[0.2rem]")}
            />
            <span>
              <label htmlFor={`${name}-${option.value}`}>{option.label}</label>
              {option.hint && (
                <span id={`${name}-${option.value}-hint`} className="block text-sm text-muted">
                  {option.hint}
                </span>
              )}
            </span>
          </div>
        ))}
      </div>
      <FieldError id={`${name}-error`}>{error}</FieldError>
    </fieldset>
  );
}
