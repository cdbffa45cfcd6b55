import { ApiError } from "@/shared/api";
import type { AttemptAccess } from "../api/attemptApi";
import { seeChanges } from "../api/seeChanges";
import type { PlayerState } from "./state";

/** Tells the server once a change by staff is on the screen, so that they know; what doesn't arrive, at the next look. */
export class ShownVersion {
  readonly #access: AttemptAccess;
  readonly #state: () => PlayerState;
  #said = 0;
  #isSaying = false;

  constructor(access: AttemptAccess, state: () => PlayerState) {
    this.#access = access;
    this.#state = state;
  }

  readonly look = (): void => {
    const { attempt, writer } = this.#state();
    const { told_version: told, version, lease_no: lease } = attempt;
    // On a screen that shows another device's exam the change isn't to be seen.
    if (writer !== "me" || told <= this.#said || this.#isSaying) return;
    this.#isSaying = true;
    seeChanges(this.#access, lease, version)
      .then(
        () => true,
        // A refusal is the last word on this version.
        (error: unknown) => error instanceof ApiError && !error.transient,
      )
      .then((done) => {
        this.#isSaying = false;
        if (!done) return;
        this.#said = version;
        this.look(); // another change may have come meanwhile
      });
  };
}
