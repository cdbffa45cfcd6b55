import type { ReactNode } from "react";

/** How much of something is done; the words beside it say the same. */
export function ProgressBar({
  label,
  value,
  max,
  words,
}: {
  label: string;
  value: number;
  max: number;
  words?: ReactNode;
}) {
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <div className="flex items-center gap-3">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
        className="h-2 min-w-16 flex-1 overflow-hidden rounded-full border border-line bg-sunken"
      >
        <div
          className={share === 1 ? "h-full bg-safe" : "h-full bg-accent"}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      {words && <span className="tabular text-sm whitespace-nowrap text-muted">{words}</span>}
    </div>
  );
}
