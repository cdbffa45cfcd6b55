import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import { cx } from "../lib/cx";

type Own = Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "onChange" | "className"> & {
  label: ReactNode;
  hint?: ReactNode;
  labelHidden?: boolean;
  onChange?: (checked: boolean) => void;
};

export const tickClass = "size-[1.15rem] shrink-0 accent-accent";

/** A box to tick, with its label beside it. */
export function Checkbox({ label, hint, labelHidden = false, onChange, ...input }: Own) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <input
        {...input}
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange?.(event.target.checked)}
        className={cx(tickClass, "mt-[0.2rem]")}
      />
      <span>
        <label htmlFor={id} className={labelHidden ? "sr-only" : undefined}>
          {label}
        </label>
        {hint && (
          <span id={`${id}-hint`} className="block text-sm text-muted">
            {hint}
          </span>
        )}
      </span>
    </div>
  );
}

/** On or off, at once: for settings that need no confirmation. */
export function Switch({ label, hint, labelHidden = false, onChange, ...input }: Own) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <input
        {...input}
        id={id}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: the browser derives aria-checked from the box itself
        role="switch"
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange?.(event.target.checked)}
        className={cx(
          "relative h-6 w-11 shrink-0 cursor-pointer appearance-none rounded-full border border-edge bg-sunken transition-colors",
          "before:absolute before:start-[3px] before:top-[3px] before:size-4 before:rounded-full before:bg-edge before:transition-transform",
          "checked:border-accent checked:bg-accent checked:before:translate-x-5 checked:before:bg-on-accent rtl:checked:before:-translate-x-5",
          "disabled:cursor-not-allowed disabled:opacity-55 forced-colors:appearance-auto",
        )}
      />
      <span>
        <label htmlFor={id} className={labelHidden ? "sr-only" : undefined}>
          {label}
        </label>
        {hint && (
          <span id={`${id}-hint`} className="block text-sm text-muted">
            {hint}
          </span>
        )}
      </span>
    </div>
  );
}
