/** Where each question of a section without a way back stands. */
export type OneWay = ReadonlyMap<string, { section: number; place: number }>;

/** Of the sections without a way back, each with its questions in their order. */
export function oneWayThrough(sections: readonly (readonly string[])[]): OneWay {
  return new Map(
    sections.flatMap((questions, section) =>
      questions.map((question, place) => [question, { section, place }] as const),
    ),
  );
}

/**
 * What is to be sealed when `wanted` is: with it whatever still waits of questions in front, and in the order of the
 * questions. The server passes over an entry whose number is behind that of a later question's.
 */
export function inOrder<A extends { question: string }>(
  oneWay: OneWay,
  wanted: readonly A[],
  waiting: readonly A[],
): A[] {
  const reached = new Map<number, number>();
  for (const { question } of wanted) {
    const stands = oneWay.get(question);
    if (stands)
      reached.set(stands.section, Math.max(stands.place, reached.get(stands.section) ?? 0));
  }
  const all = new Set(wanted);
  for (const answer of waiting) {
    const stands = oneWay.get(answer.question);
    if (stands && stands.place < (reached.get(stands.section) ?? 0)) all.add(answer);
  }
  const free = [...all].filter(({ question }) => !oneWay.has(question));
  const bound = [...all].flatMap((answer) => {
    const stands = oneWay.get(answer.question);
    return stands ? [{ answer, stands }] : [];
  });
  bound.sort(
    ({ stands: one }, { stands: other }) => one.section - other.section || one.place - other.place,
  );
  return [...free, ...bound.map(({ answer }) => answer)];
}

/** The server's rule, for what is known here: an entry that went back doesn't count, unless somebody admits it. */
export class Walk {
  readonly #oneWay: OneWay;
  readonly #furthest = new Map<number, number>();

  constructor(oneWay: OneWay, written: readonly string[]) {
    this.#oneWay = oneWay;
    for (const question of written) this.goesBack(question);
  }

  /** Whether the next entry goes back, when it answers `question`. */
  goesBack(question: string): boolean {
    const stands = this.#oneWay.get(question);
    if (stands === undefined) return false;
    const furthest = this.#furthest.get(stands.section) ?? stands.place;
    this.#furthest.set(stands.section, Math.max(furthest, stands.place));
    return stands.place < furthest;
  }
}
