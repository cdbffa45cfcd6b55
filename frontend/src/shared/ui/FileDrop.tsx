import { Upload } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { cx } from "../lib/cx";

/** A place to drop one file, or to press and choose it. */
export function FileDrop({
  label,
  hint,
  accept,
  disabled = false,
  onFile,
}: {
  label: ReactNode;
  hint?: ReactNode;
  /** As the `accept` of a file field: `.gift,.txt`. */
  accept?: string;
  disabled?: boolean;
  onFile: (file: File) => void;
}) {
  const id = useId();
  const [over, setOver] = useState(false);
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file && !disabled) onFile(file);
      }}
      className={cx(
        "flex flex-col items-center gap-1.5 rounded-lg border border-dashed border-edge px-6 py-8 text-center transition-colors",
        "hover:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
        over && "border-accent bg-accent-soft",
        disabled && "opacity-55",
      )}
    >
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          // The same file may be chosen again after it was changed.
          event.target.value = "";
        }}
        className="sr-only"
      />
      <Upload aria-hidden className="size-6 text-accent" />
      <span className="font-medium">{label}</span>
      {hint && (
        <span id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </span>
      )}
    </label>
  );
}
