/** Points as a person reads them: two decimals at most, though they are kept with seven. */
export function pointsText(amount: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(amount);
}

export type Verdict = "full" | "part" | "none" | "unmarked";

export function verdictOf(points: number | null, max: number): Verdict {
  if (points === null) return "unmarked";
  if (points >= max) return "full";
  return points > 0 ? "part" : "none";
}
