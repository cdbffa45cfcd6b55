import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cx } from "../lib/cx";

export interface FieldProps {
  label: ReactNode;
  /** Keeps the label for those who hear the page, where its place already shows what is meant. */
  labelHidden?: boolean;
  hint?: ReactNode;
  /** What is wrong, in a sentence; of a refusal usually what `useFieldText` says. */
  error?: ReactNode;
  optional?: ReactNode;
  className?: string | undefined;
}

/** The ids that tie a control to its label, hint and error. */
interface Ties {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

/** Label above, control, hint and error below, tied together for those who hear the page. */
export function Field({
  label,
  labelHidden = false,
  hint,
  error,
  optional,
  className,
  children,
}: FieldProps & { children: (ties: Ties) => ReactNode }) {
  const id = useId();
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={cx("flex min-w-0 flex-col gap-1.5", className)}>
      <label htmlFor={id} className={labelHidden ? "sr-only" : "font-medium"}>
        {label}
        {optional && (
          <>
            {/* A real space: those who hear the label hear two words. */}{" "}
            <span className="text-sm font-normal text-muted">{optional}</span>
          </>
        )}
      </label>
      {children({
        id,
        ...(described !== "" && { "aria-describedby": described }),
        ...(error ? { "aria-invalid": true as const } : {}),
      })}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </div>
  );
}

/** The sentence below a control that says what is wrong with it; nothing when nothing is. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <p id={id} className="flex items-start gap-1.5 text-sm font-medium text-danger">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{children}</span>
    </p>
  );
}

export const controlClass = cx(
  "w-full min-w-0 rounded-md border border-edge bg-surface px-3 text-ink min-h-10",
  "placeholder:text-muted disabled:bg-sunken disabled:text-muted disabled:cursor-not-allowed",
  "aria-invalid:border-danger aria-invalid:ring-1 aria-invalid:ring-danger",
  "focus-visible:outline-2 focus-visible:outline-offset-0",
);
