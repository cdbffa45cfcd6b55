import type { MyAttempt } from "@/shared/api";

/** Check-in opens this long before an exam does. */
export const CHECK_IN_OPENS_MINUTES = 60;

export type Standing =
  /** It runs, or can be started, or checked in to. */
  "now" | "later" | "over";

/** What a candidate can do about an exam at a moment. */
export function standingOf(attempt: MyAttempt, now: number): Standing {
  if (attempt.closed || attempt.cancelled || attempt.deferred) return "over";
  if (["submitted", "terminated", "absent"].includes(attempt.state)) return "over";
  if (attempt.state === "in_progress" || attempt.state === "paused") return "now";
  if (now >= Date.parse(attempt.entry_closes_at)) return "over";
  return now >= Date.parse(attempt.opens_at) - CHECK_IN_OPENS_MINUTES * 60_000 ? "now" : "later";
}

/** The exams of each standing: what is near first, and what is over with the latest first. */
export function grouped(
  attempts: readonly MyAttempt[],
  now: number,
): Record<Standing, MyAttempt[]> {
  const soonest = [...attempts].sort((a, b) => Date.parse(a.opens_at) - Date.parse(b.opens_at));
  const of = (standing: Standing) =>
    soonest.filter((attempt) => standingOf(attempt, now) === standing);
  return { now: of("now"), later: of("later"), over: of("over").reverse() };
}
