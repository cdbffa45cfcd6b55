import { Check } from "lucide-react";
import { cx } from "../lib/cx";

/** Where a person stands in a task of several steps. Steps behind them can be gone back to. */
export function Steps({
  label,
  steps,
  current,
  onGo,
}: {
  label: string;
  steps: readonly string[];
  current: number;
  onGo: (step: number) => void;
}) {
  return (
    <nav aria-label={label} className="mb-6">
      <ol className="flex flex-wrap gap-x-2 gap-y-2">
        {steps.map((step, place) => {
          const done = place < current;
          const inside = (
            <>
              <span
                aria-hidden="true"
                className={cx(
                  "flex size-6 shrink-0 items-center justify-center rounded-full border text-sm font-semibold",
                  place === current
                    ? "border-accent bg-accent text-on-accent"
                    : done
                      ? "border-safe bg-safe-soft text-safe"
                      : "border-edge text-muted",
                )}
              >
                {done ? <Check className="size-3.5" /> : place + 1}
              </span>
              {step}
            </>
          );
          const look = "flex items-center gap-2 rounded-md px-2 py-1 font-medium";
          return (
            <li key={step} className="flex items-center gap-2">
              {place > 0 && <span aria-hidden="true" className="h-px w-6 bg-edge max-sm:hidden" />}
              {done ? (
                <button
                  type="button"
                  onClick={() => onGo(place)}
                  className={cx(look, "hover:bg-sunken")}
                >
                  {inside}
                </button>
              ) : (
                <span
                  aria-current={place === current ? "step" : undefined}
                  className={cx(look, place !== current && "text-muted")}
                >
                  {inside}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
