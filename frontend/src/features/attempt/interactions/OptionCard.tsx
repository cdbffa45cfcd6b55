import type { ReactNode } from "react";
import { cx } from "@/shared/lib/cx";

/** An option as a card that can be pressed anywhere. */
export function OptionCard({
  letter,
  dimmed = false,
  control,
  children,
}: {
  letter?: string;
  dimmed?: boolean;
  control: ReactNode;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is handed in
    <label
      className={cx(
        "flex items-start gap-3 rounded-lg border border-line bg-surface px-4 py-3 transition-colors",
        "has-checked:border-accent has-checked:bg-accent-soft has-checked:shadow-[inset_0_0_0_1px_var(--accent)]",
        "not-has-disabled:hover:border-edge has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
        dimmed && "opacity-60",
      )}
    >
      <span className="flex h-[1.65em] items-center">{control}</span>
      {letter !== undefined && (
        <span aria-hidden="true" className="min-w-[1.1em] leading-[1.65] font-semibold text-muted">
          {letter}
        </span>
      )}
      <span className="min-w-0 flex-1 leading-[1.65]">{children}</span>
    </label>
  );
}

/** A, B, C … Z, AA, AB … */
export function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : letterOf(Math.floor(index / 26) - 1) + letter;
}

export const tickClass = "size-[1.2em] shrink-0 accent-accent focus-visible:outline-none";
