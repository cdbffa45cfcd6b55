import type { ReactNode } from "react";
import { cx } from "../lib/cx";
import type { Tone } from "./Badge";

const MARKS: Record<Tone, string> = {
  neutral: "bg-edge",
  accent: "bg-accent",
  safe: "bg-safe",
  warn: "bg-warn",
  danger: "bg-danger",
};

/** A number and what it counts. With `onPress` it is a switch: pressed, it narrows the list below to what it counts. */
export function StatTile({
  label,
  value,
  note,
  tone = "neutral",
  pressed,
  onPress,
}: {
  label: ReactNode;
  value: ReactNode;
  note?: ReactNode;
  tone?: Tone;
  pressed?: boolean;
  onPress?: () => void;
}) {
  const inside = (
    <>
      <span className="flex items-baseline gap-2 text-sm text-muted">
        <span aria-hidden="true" className={cx("size-2 shrink-0 rounded-full", MARKS[tone])} />
        <span className="min-w-0 text-pretty">{label}</span>
      </span>
      <span className="tabular mt-auto text-2xl leading-tight font-semibold">{value}</span>
      {note && <span className="text-sm text-muted">{note}</span>}
    </>
  );
  const look =
    "flex min-w-28 flex-1 flex-col items-start gap-0.5 rounded-lg border px-3.5 py-2.5 text-start";
  if (onPress === undefined)
    return <div className={cx(look, "border-line bg-surface")}>{inside}</div>;
  return (
    <button
      type="button"
      aria-pressed={pressed ?? false}
      onClick={onPress}
      className={cx(
        look,
        "transition-colors",
        pressed
          ? "border-accent bg-accent-soft ring-1 ring-accent"
          : "border-line bg-surface hover:border-edge hover:bg-ground",
      )}
    >
      {inside}
    </button>
  );
}
