import { Search } from "lucide-react";
import type { InputHTMLAttributes, Ref } from "react";
import { cx } from "../lib/cx";
import { controlClass } from "./Field";

/** A box to search with. */
export function SearchField({
  label,
  value,
  onChange,
  className,
  ...input
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<HTMLInputElement>;
} & Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange" | "type">) {
  return (
    <span className={cx("relative block min-w-0", className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-muted"
      />
      <input
        placeholder={label}
        {...input}
        type="search"
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={cx(controlClass, "ps-9")}
      />
    </span>
  );
}
