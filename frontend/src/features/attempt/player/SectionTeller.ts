import { ApiError, type Attempt } from "@/shared/api";
import type { AttemptAccess } from "../api/attemptApi";
import { enterSection } from "../api/enterSection";
import { sectionsToTell, type Whereabouts } from "./navigation";

/** Tells the server which sections with a time limit of their own were entered here; what doesn't arrive, later. */
export class SectionTeller {
  readonly #access: AttemptAccess;
  readonly #heard: (attempt: Attempt) => void;
  /** Sections whose entering is on its way to the server, or was answered. */
  readonly #told = new Set<number>();

  constructor(access: AttemptAccess, heard: (attempt: Attempt) => void) {
    this.#access = access;
    this.#heard = heard;
  }

  tell(at: Whereabouts | null, lease: number): void {
    for (const section of at === null ? [] : sectionsToTell(at)) {
      if (this.#told.has(section)) continue;
      this.#told.add(section);
      enterSection(this.#access, lease, section).then(this.#heard, (error) => {
        // A refusal says that there is nothing to enter; answers in the section enter it all the same.
        if (error instanceof ApiError && error.transient) this.#told.delete(section);
      });
    }
  }
}
