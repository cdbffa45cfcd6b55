import type { Outcome } from "@/shared/api";
import type { Tone } from "@/shared/ui";

/** Points as a person reads them: two decimals at most, though they are kept with seven. */
export function pointsText(amount: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(amount);
}

export const OUTCOMES: readonly Outcome[] = [
  "correct",
  "partial",
  "wrong",
  "unanswered",
  "needs_marking",
];

export const TONES: Record<Outcome, Tone> = {
  correct: "safe",
  partial: "warn",
  wrong: "danger",
  unanswered: "neutral",
  needs_marking: "accent",
};
