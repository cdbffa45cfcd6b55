import type { PlayerState } from "../player/state";

/** The numbers of questions as the candidate knows them, in a list: “3, 5 and 7”. */
export function questionNumbers(
  { paper }: Pick<PlayerState, "paper">,
  questions: readonly string[],
  language: string,
): string {
  const numbers = (paper?.questions ?? [])
    .filter(({ id }) => questions.includes(id))
    .map(({ number }) => String(number));
  return new Intl.ListFormat(language).format(numbers);
}
