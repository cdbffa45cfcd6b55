import { ApiError, type Attempt } from "@/shared/api";
import type { AttemptAccess } from "../api/attemptApi";
import { submitAttempt } from "../api/submitAttempt";
import type { ReceiptBox } from "../receipts/ReceiptBox";
import type { Timer } from "../save-queue/parts";
import { isWaiting, type PlayerEvent, type PlayerState } from "./state";

/** How often hand-in is tried again while the server can't be reached. */
const RETRY_MS = 3_000;

export interface HandInParts {
  access: AttemptAccess;
  timer: Timer;
  receipts: Pick<ReceiptBox, "keepHandIn">;
  state: () => PlayerState;
  lease: () => number;
  dispatch: (event: PlayerEvent) => void;
  heard: (attempt: Attempt) => void;
  /** Another device has the right to write now. */
  lost: () => void;
  /** Asks the server how the attempt stands. */
  ask: () => Promise<void>;
}

/** Hands an attempt in: once everything that waits has arrived, and until it is done or called off. */
export class HandIn {
  readonly #parts: HandInParts;
  #isTrying = false;

  constructor(parts: HandInParts) {
    this.#parts = parts;
  }

  async go(): Promise<void> {
    const { access, timer, receipts, state, lease, dispatch, heard, lost, ask } = this.#parts;
    if (this.#isTrying || state().handIn !== "sending" || isWaiting(state())) return;
    this.#isTrying = true;
    try {
      const { attempt, receipt } = await submitAttempt(access, lease());
      if (receipt) receipts.keepHandIn(receipt);
      heard(attempt);
    } catch (error) {
      const refused = error instanceof ApiError && !error.transient;
      if (!refused) {
        dispatch({ type: "server_reached", reachable: false });
        timer.after(RETRY_MS, () => void this.go());
      } else if (error.code === "exam.lease_stale") lost();
      else {
        dispatch({ type: "hand_in_called_off" });
        await ask();
      }
    } finally {
      this.#isTrying = false;
    }
  }
}
