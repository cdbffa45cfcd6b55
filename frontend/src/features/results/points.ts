/** Points as a person reads them: two decimals at most, though they are kept with seven. */
export function pointsText(amount: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(amount);
}

/** A share of the points in per cent; nothing when there are none to have. */
export function percentText(amount: number, of: number, language: string): string {
  if (of <= 0) return "";
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(
    amount / of,
  );
}
