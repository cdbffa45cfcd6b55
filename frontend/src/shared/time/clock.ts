/**
 * The exam's clock is the server's. The device's own clock may be wrong, or be moved during an exam; so the time is
 * the last reading of the server's clock plus what `performance.now` says has passed since.
 */
export interface Clock {
  /** The server's time, in milliseconds since 1970, as well as it is known. */
  now(): number;
}

/** A counter that never goes back: milliseconds since some fixed moment. */
export type Monotonic = () => number;

/** A jump of the device clock beyond this means that it slept, and `performance.now` may not have counted that. */
const SLEEP_SUSPECTED_MS = 5_000;

/** Two readings that are further apart than their round trips explain, by this much, say that the server's clock was set. */
const SET_SUSPECTED_MS = 5_000;

export class ServerClock implements Clock {
  readonly #monotonic: Monotonic;
  readonly #wall: () => number;
  /** Server time minus the monotonic counter. */
  #offset: number;
  /** Half the round trip of the best reading so far: how wrong `#offset` can be. */
  #uncertainty = Number.POSITIVE_INFINITY;
  #readAt: number;
  /** Device clock minus the monotonic counter, to notice a sleep that the counter did not count. */
  #wallOffset: number;

  constructor(
    monotonic: Monotonic = () => performance.now(),
    wall: () => number = () => Date.now(),
  ) {
    this.#monotonic = monotonic;
    this.#wall = wall;
    this.#readAt = monotonic();
    this.#offset = wall() - this.#readAt;
    this.#wallOffset = this.#offset;
  }

  now(): number {
    return this.#monotonic() + this.#offset;
  }

  /** Whether the server has been heard yet; before that, the time is the device's own guess. */
  get known(): boolean {
    return Number.isFinite(this.#uncertainty);
  }

  /**
   * Takes in a reading of the server's clock that came with a reply. `sentAt` and `receivedAt` are readings of the
   * monotonic counter around the request. A reading with a short round trip is worth more than one with a long one,
   * but an old one loses worth, because counters drift; and none where both can't be true: the server's clock was set.
   */
  read(serverTime: number, sentAt: number, receivedAt: number): void {
    const uncertainty = Math.max(0, receivedAt - sentAt) / 2;
    const DRIFT_MS_PER_MS = 0.0005;
    const age = receivedAt - this.#readAt;
    const wallOffset = this.#wall() - receivedAt;
    const slept = Math.abs(wallOffset - this.#wallOffset) > SLEEP_SUSPECTED_MS;
    const offset = serverTime - (sentAt + receivedAt) / 2;
    const known = this.#uncertainty + age * DRIFT_MS_PER_MS;
    const contradicts = Math.abs(offset - this.#offset) > uncertainty + known + SET_SUSPECTED_MS;
    if (!slept && !contradicts && uncertainty > known) return;
    this.#offset = offset;
    this.#uncertainty = uncertainty;
    this.#readAt = receivedAt;
    this.#wallOffset = wallOffset;
  }

  /** A reading of the monotonic counter, to be passed to `read` later. */
  mark(): number {
    return this.#monotonic();
  }
}

/** The one clock of this page. */
export const clock = new ServerClock();
