import type { LiveAttempt, Sitting } from "@/shared/api/types-officer";

/**
 * Why somebody may need help. Few and sure: what is merely unusual (a long silence, another device) stands in its
 * row and raises no flag, because a wall of flags is read by nobody.
 */
export type Need = "move" | "offline" | "not_started" | "late" | "went_back";

/** The needs, the most urgent first. */
export const NEEDS: readonly Need[] = ["move", "offline", "not_started", "late", "went_back"];

/** Connections drop for a moment all the time; one that stays away so long is worth a look. */
export const OFFLINE_AFTER_MS = 30_000;
/** Whoever has checked in and not started so long after the opening may be stuck. */
export const NOT_STARTED_AFTER_MS = 3 * 60_000;

/** When each attempt was first seen without a connection. */
export type OfflineSince = ReadonlyMap<string, number>;

/** Notes who is without a connection now; who was before keeps the moment. */
export function noteOffline(
  before: OfflineSince,
  attempts: readonly LiveAttempt[],
  now: number,
): OfflineSince {
  return new Map(
    attempts
      .filter((attempt) => isWriting(attempt) && !attempt.online)
      .map(({ attempt_id }) => [attempt_id, before.get(attempt_id) ?? now]),
  );
}

export const isWriting = (attempt: LiveAttempt) =>
  (attempt.state === "in_progress" || attempt.state === "paused") && !attempt.closed;

/** Whether answers came late or went back in a section without a way back: an officer decides whether they count. */
export const hasEntriesToAdmit = (attempt: LiveAttempt) =>
  attempt.late_entries > 0 || attempt.passed_over_entries > 0;

/** What a candidate needs now, if anything. */
export function needOf(
  attempt: LiveAttempt,
  sitting: Pick<Sitting, "opens_at" | "entry_closes_at">,
  offlineSince: OfflineSince,
  now: number,
): Need | null {
  if (attempt.roster_status !== "expected") return null;
  if (isWriting(attempt)) {
    if (attempt.move_asked_at !== null) return "move";
    const since = offlineSince.get(attempt.attempt_id);
    if (since === undefined) return null;
    // What was saved a moment ago says that the device is there, whatever its socket does.
    const saved = attempt.last_saved_at === null ? 0 : Date.parse(attempt.last_saved_at);
    return now - Math.max(since, saved) >= OFFLINE_AFTER_MS ? "offline" : null;
  }
  if (attempt.state === "ready") {
    const open = Date.parse(sitting.opens_at) + NOT_STARTED_AFTER_MS;
    return now >= open && now <= Date.parse(sitting.entry_closes_at) ? "not_started" : null;
  }
  if (attempt.late_entries > 0) return "late";
  return attempt.passed_over_entries > 0 ? "went_back" : null;
}

/** What the list can be narrowed to. */
export const VIEWS = ["all", "help", "missing", "ready", "writing", "done", "late"] as const;
export type View = (typeof VIEWS)[number];

export interface WatchedRow extends LiveAttempt {
  readonly need: Need | null;
}

export function isIn(row: WatchedRow, view: View): boolean {
  const expected = row.roster_status === "expected";
  switch (view) {
    case "all":
      return true;
    case "help":
      return row.need !== null;
    case "missing":
      return expected && (row.state === "scheduled" || row.state === "absent");
    case "ready":
      return expected && row.state === "ready";
    case "writing":
      return isWriting(row);
    case "done":
      return row.closed || row.state === "submitted" || row.state === "terminated";
    case "late":
      return hasEntriesToAdmit(row);
  }
}

export const SORTS = ["need", "name", "number", "answered", "saved", "left"] as const;
export type Sort = (typeof SORTS)[number];
export interface Order {
  readonly by: Sort;
  readonly descending: boolean;
}

/** Rows in an order; what is equal stands by number, so that rows don't jump when the list is refreshed. */
export function sorted(
  rows: readonly WatchedRow[],
  { by, descending }: Order,
  language: string,
): WatchedRow[] {
  const words = new Intl.Collator(language, { numeric: true });
  const instant = (text: string | null) =>
    text === null ? Number.POSITIVE_INFINITY : Date.parse(text);
  const urgency = (row: WatchedRow) =>
    row.need !== null
      ? NEEDS.indexOf(row.need)
      : isWriting(row)
        ? 10
        : row.state === "ready"
          ? 20
          : 30;
  const difference = (a: WatchedRow, b: WatchedRow): number => {
    switch (by) {
      case "need":
        return urgency(a) - urgency(b);
      case "name":
        return words.compare(a.candidate_name, b.candidate_name);
      case "number":
        return 0;
      case "answered":
        return a.answered - b.answered;
      case "saved":
        return Math.sign(instant(a.last_saved_at) - instant(b.last_saved_at)) || 0;
      case "left":
        return Math.sign(left(a) - left(b)) || 0;
    }
  };
  const left = (row: WatchedRow) =>
    isWriting(row) ? instant(row.deadline) : Number.POSITIVE_INFINITY;
  const sign = descending ? -1 : 1;
  return rows.toSorted(
    (a, b) =>
      sign * difference(a, b) ||
      (by === "number" ? sign : 1) * words.compare(a.candidate_number, b.candidate_number),
  );
}
