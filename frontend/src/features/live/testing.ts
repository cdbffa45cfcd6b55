import type { LiveAttempt, LiveCounts } from "@/shared/api/types-officer";

/** An attempt as the server lists it: on the roster, nothing has happened. For tests. */
export function attempt(change: Partial<LiveAttempt> = {}): LiveAttempt {
  return {
    attempt_id: "0198a000-0000-7000-8000-000000000101",
    candidate_id: "0198a000-0000-7000-8000-000000000201",
    candidate_number: "1001",
    candidate_name: "Lin Xiaoyu",
    room: "",
    roster_status: "expected",
    state: "scheduled",
    closed: false,
    handed_in: false,
    online: false,
    answered: 0,
    question_count: 20,
    last_saved_at: null,
    late_entries: 0,
    passed_over_entries: 0,
    form_no: 1,
    lease_no: 1,
    move_asked_at: null,
    started_at: null,
    deadline: null,
    paused_at: null,
    unseen_since: null,
    change_seen_at: null,
    ended_at: null,
    extra_seconds: 0,
    credit_seconds: 0,
    marking: "none",
    version: 1,
    ...change,
  };
}

export const NO_COUNTS: LiveCounts = {
  expected: 0,
  scheduled: 0,
  ready: 0,
  in_progress: 0,
  paused: 0,
  submitted: 0,
  terminated: 0,
  absent: 0,
  deferred: 0,
  withdrawn: 0,
  with_late_entries: 0,
  with_passed_over_entries: 0,
};
