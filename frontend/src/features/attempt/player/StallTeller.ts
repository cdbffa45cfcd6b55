import { ApiError } from "@/shared/api";
import type { ServerClock } from "@/shared/time";
import type { AttemptAccess } from "../api/attemptApi";
import { reportStalls, type Stall } from "../api/reportStalls";
import type { PlayerState } from "./state";

/** What is shorter is the ordinary life of a network, and the server keeps none of it. */
const STALL_MS_MIN = 5_000;
/** Stalls in one report, as many as the server takes. */
const STALLS_MAX = 20;

/**
 * Tells the server, once it is there again, when this device could not reach it: evidence for who decides about more
 * time. What doesn't arrive is told with the next change.
 */
export class StallTeller {
  readonly #access: AttemptAccess;
  readonly #clock: Pick<ServerClock, "now" | "mark">;
  readonly #state: () => PlayerState;
  /** Since when nothing gets through, as a mark: the clock may be set meanwhile. */
  #since: number | null = null;
  #untold: Stall[] = [];
  #isTelling = false;

  constructor(
    access: AttemptAccess,
    clock: Pick<ServerClock, "now" | "mark">,
    state: () => PlayerState,
  ) {
    this.#access = access;
    this.#clock = clock;
    this.#state = state;
  }

  readonly look = (): void => {
    const { attempt, writer, reachable, saves } = this.#state();
    if (writer !== "me" || attempt.started_at === null) return;
    if (!reachable || saves.trouble === "offline" || saves.trouble === "busy") {
      this.#since ??= this.#clock.mark();
      return;
    }
    if (this.#since !== null) {
      const lasted = this.#clock.mark() - this.#since;
      this.#since = null;
      const until = this.#clock.now();
      const at = (ms: number) => new Date(ms).toISOString();
      if (lasted >= STALL_MS_MIN) this.#untold.push({ from: at(until - lasted), until: at(until) });
    }
    void this.#tell(attempt.lease_no);
  };

  async #tell(lease: number): Promise<void> {
    if (this.#isTelling || this.#untold.length === 0) return;
    this.#isTelling = true;
    const stalls = this.#untold.slice(0, STALLS_MAX);
    const done = await reportStalls(this.#access, lease, stalls).then(
      () => true,
      // A refusal is the last word.
      (error: unknown) => error instanceof ApiError && !error.transient,
    );
    if (done) this.#untold = this.#untold.filter((stall) => !stalls.includes(stall));
    this.#isTelling = false;
  }
}
