import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { cx } from "../lib/cx";
import { Spinner } from "./Spinner";

const LOOKS = {
  primary:
    "bg-accent text-on-accent border-accent hover:bg-accent-strong hover:border-accent-strong",
  secondary: "bg-surface text-ink border-edge hover:bg-sunken",
  quiet: "bg-transparent text-accent border-transparent hover:bg-accent-soft",
  danger:
    "bg-danger text-on-danger border-danger hover:bg-danger-strong hover:border-danger-strong",
} as const;

const SIZES = {
  sm: "min-h-8 px-2.5 text-sm gap-1.5",
  md: "min-h-10 px-4 gap-2",
  lg: "min-h-12 px-6 text-lg gap-2.5",
} as const;

/** The classes of a button, for links that look like one. */
export function buttonClass(
  look: keyof typeof LOOKS = "secondary",
  size: keyof typeof SIZES = "md",
): string {
  return cx(
    "inline-flex items-center justify-center rounded-md border font-medium select-none transition-colors",
    "disabled:opacity-55 disabled:cursor-not-allowed aria-disabled:opacity-55 aria-disabled:cursor-not-allowed",
    "[&_svg]:size-[1.15em] [&_svg]:shrink-0",
    LOOKS[look],
    SIZES[size],
  );
}

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
  /** Shows that the act is under way and refuses further presses; the label stays. */
  busy?: boolean;
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  look,
  size,
  busy = false,
  icon,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      // A busy button keeps the focus, so that a keyboard user doesn't lose the place.
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={cx(buttonClass(look, size), className)}
      {...rest}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

/** A button that shows an icon alone; its label is spoken, and shown by the browser on hover. */
export function IconButton({
  label,
  icon,
  size = "md",
  look = "quiet",
  className,
  ...rest
}: Omit<ButtonProps, "icon" | "children"> & { label: string; icon: ReactNode }) {
  const square = { sm: "w-8 px-0", md: "w-10 px-0", lg: "w-12 px-0" }[size];
  return (
    <Button
      look={look}
      size={size}
      aria-label={label}
      title={label}
      className={cx(square, className)}
      {...rest}
    >
      {icon}
    </Button>
  );
}
