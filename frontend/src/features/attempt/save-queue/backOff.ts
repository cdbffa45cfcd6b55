import { BACK_ONLINE_SPREAD_MS, RETRY_FIRST_MS, RETRY_MAX_MS } from "./limits";
import type { Timer } from "./parts";
import type { Trouble } from "./status";

/** When to try again after a failure: later each time, and spread, because a hall fails all at once. */
export class BackOff {
  readonly #timer: Timer;
  #failures = 0;
  #trouble: Trouble | null = null;
  #retryAt = 0;

  constructor(timer: Timer) {
    this.#timer = timer;
  }

  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** Before this nothing is tried. */
  get retryAt(): number {
    return this.#retryAt;
  }

  failed(trouble: Trouble, retryAfterSeconds: number | null): void {
    const wait =
      Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** this.#failures) *
      (0.5 + this.#timer.random() / 2);
    const asked = (retryAfterSeconds ?? 0) * 1_000 * (1 + this.#timer.random() / 4);
    this.#failures += 1;
    this.#trouble = trouble;
    this.#retryAt = this.#timer.now() + Math.max(wait, asked);
  }

  succeeded(): void {
    this.#failures = 0;
    this.#trouble = null;
    this.#retryAt = 0;
  }

  /** Tries again at once. */
  hurry(): void {
    this.#retryAt = 0;
  }

  /** The network is said to be back: tries again soon. */
  backOnline(): void {
    this.#retryAt = this.#timer.now() + this.#timer.random() * BACK_ONLINE_SPREAD_MS;
  }
}
