import type { Sitting } from "@/shared/api/types-officer";
import { instantOf, wallTime } from "@/shared/time";

const MINUTE_MS = 60_000;

/** How the end of a sitting follows from the rest. */
export type EndRule = "full_time" | "together" | "own";

/** The times of a sitting as a person decides them: clocks in the sitting's zone, and minutes. */
export interface TimePlan {
  readonly zone: string;
  /** `2026-11-23T09:00` in the zone. */
  readonly opens: string;
  readonly entryMinutes: number | null;
  readonly durationMinutes: number | null;
  readonly endRule: EndRule;
  /** As `opens`; counts under the rule `own`. */
  readonly ends: string;
  readonly graceSeconds: number | null;
}

/** The moments that a plan means; null where it isn't whole or the clocks skip a time. */
export interface Moments {
  readonly opens: number;
  readonly entryCloses: number;
  readonly windowEnds: number;
}

export const ENTRY_MINUTES_DEFAULT = 30;
export const GRACE_SECONDS_DEFAULT = 30;
export const OUTAGE_MINUTES_DEFAULT = 60;

export function momentsOf(plan: TimePlan): Moments | null {
  const opens = instantOf(plan.opens, plan.zone);
  const { entryMinutes, durationMinutes } = plan;
  if (opens === null || entryMinutes === null || durationMinutes === null) return null;
  const entryCloses = opens + entryMinutes * MINUTE_MS;
  const working = durationMinutes * MINUTE_MS;
  const windowEnds =
    plan.endRule === "full_time"
      ? entryCloses + working
      : plan.endRule === "together"
        ? opens + working
        : instantOf(plan.ends, plan.zone);
  return windowEnds === null ? null : { opens, entryCloses, windowEnds };
}

/** A plan for a new sitting: the next full hour but one, late entry for half an hour, everybody's full time. */
export function newPlan(zone: string, durationMinutes: number | null, now: number): TimePlan {
  const HOUR_MS = 60 * MINUTE_MS;
  const opens = (Math.floor(now / HOUR_MS) + 2) * HOUR_MS;
  return {
    zone,
    opens: wallTime(opens, zone),
    entryMinutes: ENTRY_MINUTES_DEFAULT,
    durationMinutes,
    endRule: "full_time",
    ends: wallTime(opens + (durationMinutes ?? 60) * MINUTE_MS, zone),
    graceSeconds: GRACE_SECONDS_DEFAULT,
  };
}

/** The plan that a sitting's times come from; its rule is recognised from the numbers. */
export function planOf(sitting: Sitting): TimePlan {
  const opens = Date.parse(sitting.opens_at);
  const entry = Date.parse(sitting.entry_closes_at);
  const ends = Date.parse(sitting.window_ends_at);
  const working = sitting.duration_minutes * MINUTE_MS;
  return {
    zone: sitting.time_zone,
    opens: wallTime(opens, sitting.time_zone),
    entryMinutes: Math.round((entry - opens) / MINUTE_MS),
    durationMinutes: sitting.duration_minutes,
    endRule: ends === entry + working ? "full_time" : ends === opens + working ? "together" : "own",
    ends: wallTime(ends, sitting.time_zone),
    graceSeconds: sitting.grace_seconds,
  };
}

/**
 * A moment of a changed plan as it is sent: where the form still says what it said at first, the sitting's own, to the
 * microsecond. Pauses and outages move times by parts of a minute, and what has opened never becomes earlier.
 */
export function sentMoment(own: string, shownAtFirst: number | undefined, planned: number): string {
  return planned === shownAtFirst ? own : new Date(planned).toISOString();
}

/** The same plan on clocks of another zone: what the clocks show stays, the moments move. */
export function inZone(plan: TimePlan, zone: string): TimePlan {
  return { ...plan, zone };
}
