import type { Sitting, SittingPhase } from "@/shared/api/types-officer";
import type { Tone } from "@/shared/ui";

/** How far a sitting is at a moment: its times may have passed since the server said so. */
export function phaseAt(sitting: Sitting, now: number): SittingPhase {
  if (sitting.cancelled_at !== null) return "cancelled";
  if (now < Date.parse(sitting.opens_at)) return "upcoming";
  if (now <= Date.parse(sitting.entry_closes_at)) return "open";
  // Attempts with extra time run on behind the window's end; the server knows them.
  if (now <= Date.parse(sitting.window_ends_at) || sitting.phase !== "over")
    return sitting.phase === "over" ? "over" : "entry_closed";
  return "over";
}

export const PHASE_TONES: Record<SittingPhase, Tone> = {
  upcoming: "accent",
  open: "safe",
  entry_closed: "warn",
  over: "neutral",
  cancelled: "danger",
};

export interface GroupedSittings {
  readonly running: Sitting[];
  readonly upcoming: Sitting[];
  readonly finished: Sitting[];
}

/** Sittings as an officer looks for them: running first, then the next ones, then the last ones. */
export function groupSittings(sittings: readonly Sitting[], now: number): GroupedSittings {
  const opening = (sitting: Sitting) => Date.parse(sitting.opens_at);
  const of = (...phases: SittingPhase[]) =>
    sittings.filter((sitting) => phases.includes(phaseAt(sitting, now)));
  return {
    running: of("open", "entry_closed").sort((a, b) => opening(a) - opening(b)),
    upcoming: of("upcoming").sort((a, b) => opening(a) - opening(b)),
    finished: of("over", "cancelled").sort((a, b) => opening(b) - opening(a)),
  };
}
