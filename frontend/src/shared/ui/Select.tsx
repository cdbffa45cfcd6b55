import { ChevronDown } from "lucide-react";
import type { Ref, SelectHTMLAttributes } from "react";
import { cx } from "../lib/cx";
import { controlClass, Field, type FieldProps } from "./Field";

export interface SelectOption<V extends string = string> {
  value: V;
  label: string;
  disabled?: boolean;
}

type SelectProps<V extends string> = FieldProps &
  Omit<
    SelectHTMLAttributes<HTMLSelectElement>,
    keyof FieldProps | "id" | "value" | "onChange" | "children"
  > & {
    value: V | "";
    options: readonly SelectOption<V>[];
    /** The entry that stands for nothing chosen. */
    placeholder?: string;
    onChange: (value: V | "") => void;
    ref?: Ref<HTMLSelectElement>;
  };

/**
 * The browser's own select: the best one on a phone and for screen readers, and the only one that draws without
 * inserting style elements (Radix Select needs them, our content policy forbids them).
 */
export function Select<V extends string>({
  label,
  labelHidden,
  hint,
  error,
  optional,
  className,
  options,
  placeholder,
  value,
  onChange,
  ...rest
}: SelectProps<V>) {
  return (
    <Field {...{ label, labelHidden: labelHidden ?? false, hint, error, optional, className }}>
      {(ties) => (
        <span className="relative block">
          <select
            {...rest}
            {...ties}
            value={value}
            onChange={(event) =>
              onChange(options.find((option) => option.value === event.target.value)?.value ?? "")
            }
            className={cx(controlClass, "appearance-none truncate pe-9")}
          >
            {placeholder !== undefined && <option value="">{placeholder}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown
            aria-hidden
            className="pointer-events-none absolute end-3 top-1/2 size-4 -translate-y-1/2 text-muted"
          />
        </span>
      )}
    </Field>
  );
}
