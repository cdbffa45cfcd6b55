/** Points as a person reads them: two decimals at most, though they are kept with seven. */
export function pointsText(amount: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(amount);
}
