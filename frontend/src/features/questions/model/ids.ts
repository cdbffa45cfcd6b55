/** `a` … `z`, `a1` … `z1`: the first that isn't taken. Options, prompts, targets and items are named so. */
export function nextLetter(taken: readonly string[]): string {
  for (let place = 0; ; place += 1) {
    const letter = String.fromCharCode(97 + (place % 26));
    const id = place < 26 ? letter : `${letter}${Math.floor(place / 26)}`;
    if (!taken.includes(id)) return id;
  }
}

/** `1`, `2`, `3` …: the first that isn't taken. Gaps are named so. */
export function nextNumber(taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    if (!taken.includes(String(number))) return String(number);
  }
}

/** A record without one of its entries. */
export function without<V>(record: Readonly<Record<string, V>>, key: string): Record<string, V> {
  const { [key]: _, ...rest } = record;
  return rest;
}

/** What a person calls the part at a place in a list: A, B, C … Z, AA. */
export function letterOf(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : letterOf(Math.floor(place / 26) - 1) + letter;
}
