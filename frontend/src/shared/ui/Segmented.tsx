import { type ReactNode, useId } from "react";
import { cx } from "../lib/cx";

/** One of a few, drawn as joined buttons. For choices that change what is seen at once. */
export function Segmented<V extends string>({
  label,
  options,
  value,
  onChange,
  size = "md",
}: {
  label: string;
  options: readonly { value: V; label: ReactNode; icon?: ReactNode }[];
  value: V;
  onChange: (value: V) => void;
  size?: "sm" | "md";
}) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{label}</legend>
      <div className="inline-flex max-w-full flex-wrap rounded-md border border-edge bg-surface p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className={cx(
              "inline-flex items-center gap-1.5 rounded-[0.375rem] font-medium text-muted transition-colors select-none hover:text-ink",
              "has-checked:bg-accent-soft has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-focus [&_svg]:size-4",
              size === "sm" ? "min-h-7 px-2.5 text-sm" : "min-h-[2.125rem] px-3",
            )}
          >
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            {option.icon}
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
