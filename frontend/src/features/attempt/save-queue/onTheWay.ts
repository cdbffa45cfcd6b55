import { DEBOUNCE_MS, EXPECTED_MS_MAX } from "./limits";
import type { OneWay } from "./oneWay";
import type { Timer } from "./parts";

interface Expected {
  question: string;
  until: number;
  /** Whether it has come, or won't: the answer that names it is given right after. */
  over: boolean;
}

/** Answers that are on their way, such as files, and until when those behind them wait. */
export class OnTheWay {
  readonly #oneWay: OneWay;
  readonly #timer: Timer;
  readonly #changed: () => void;
  readonly #expected = new Set<Expected>();

  constructor(oneWay: OneWay, timer: Timer, changed: () => void) {
    this.#oneWay = oneWay;
    this.#timer = timer;
    this.#changed = changed;
  }

  /** The questions whose answers are on their way. */
  get questions(): string[] {
    return [...this.#expected].map(({ question }) => question);
  }

  /** Expects an answer to `question`. Returns what to call when it is there, or won't come. */
  expect(question: string): () => void {
    const expected = { question, until: this.#timer.now() + EXPECTED_MS_MAX, over: false };
    this.#expected.add(expected);
    this.#changed();
    return () => {
      // Whoever waited for it gives the answer right after this.
      expected.over = true;
      expected.until = Math.min(expected.until, this.#timer.now() + DEBOUNCE_MS);
      this.#timer.after(DEBOUNCE_MS, () => {
        this.#expected.delete(expected);
        this.#changed();
      });
      this.#changed();
    };
  }

  /** An answer to `question` was given: what had come for it needs no more waiting. */
  given(question: string): void {
    for (const expected of this.#expected)
      if (expected.over && expected.question === question) this.#expected.delete(expected);
  }

  /** Until when an answer to `question` waits for those in front of it, where there is no way back. */
  heldUntil(question: string): number {
    const stands = this.#oneWay.get(question);
    let until = Number.NEGATIVE_INFINITY;
    for (const expected of this.#expected) {
      const front = this.#oneWay.get(expected.question);
      if (expected.until <= this.#timer.now()) continue;
      if (front?.section === stands?.section && (front?.place ?? 0) < (stands?.place ?? 0))
        until = Math.max(until, expected.until);
    }
    return until;
  }

  /** Nothing waits any longer for what is on its way. */
  holdNothing(): void {
    for (const expected of this.#expected) expected.until = this.#timer.now();
  }
}
