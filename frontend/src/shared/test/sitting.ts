import type { Sitting } from "../api/types-officer";

/** A sitting as the server sends it: opened half an hour before `now`, of an exam of an hour and a half. */
export function sittingFor(change: Partial<Sitting> = {}, now: number = Date.now()): Sitting {
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  return {
    id: "0198a000-0000-7000-8000-000000000001",
    exam_id: "0198a000-0000-7000-8000-000000000002",
    exam_title: "Physics",
    publication_id: "0198a000-0000-7000-8000-000000000003",
    unit_id: null,
    title: "Physics, autumn",
    time_zone: "Asia/Shanghai",
    opens_at: at(-30),
    entry_closes_at: at(0),
    window_ends_at: at(90),
    duration_minutes: 90,
    grace_seconds: 30,
    start_spread_seconds: 0,
    takeover: "candidate",
    outage_credit_minutes_max: 60,
    paused_at: null,
    practice: false,
    forms: [],
    replaces_id: null,
    cancelled_at: null,
    released_at: null,
    candidates: 3,
    created_at: at(-10_000),
    phase: "open",
    version: 1,
    ...change,
  };
}
