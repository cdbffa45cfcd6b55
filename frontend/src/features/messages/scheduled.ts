import type { MyAttempt } from "@/shared/api";
import { deviceZone, moment, zoneLabel, zoneOffsetMinutes } from "@/shared/time";

/** What has become of a sitting that a message announced: the text that says so, and the times in it. */
export interface Scheduled {
  readonly key:
    | "opens"
    /** Nothing is known but that its time has come. */
    | "opened"
    | "open"
    | "running"
    /** Over for everybody, or for whoever didn't begin in time. */
    | "closed"
    | "submitted"
    | "terminated"
    | "absent"
    | "moved"
    | "cancelled"
    | "deferred";
  readonly times: Readonly<Record<string, string>>;
}

/** Where a sitting stands that was to open at `opensAt`, on clocks where it takes place; `attempt` is the reader's place in it. */
export function scheduledAt(
  opensAt: string,
  attempt: MyAttempt | undefined,
  now: number,
  language: string,
): Scheduled {
  const zone = attempt?.time_zone;
  const opens = Date.parse(opensAt);
  const when = inZone(opensAt, zone, language);
  if (attempt === undefined) return { key: now < opens ? "opens" : "opened", times: { when } };
  if (attempt.cancelled) return { key: "cancelled", times: {} };
  if (attempt.deferred) return { key: "deferred", times: {} };
  if (Date.parse(attempt.opens_at) !== opens) return { key: "moved", times: { when } };
  if (now < opens) return { key: "opens", times: { when } };
  const { state, closed, entry_closes_at } = attempt;
  if (!closed && (state === "in_progress" || state === "paused"))
    return { key: "running", times: {} };
  // The exam itself may be open for days still.
  if (state === "submitted" || state === "terminated" || state === "absent")
    return { key: state, times: {} };
  if (closed || now >= Date.parse(entry_closes_at)) return { key: "closed", times: { when } };
  return { key: "open", times: { until: inZone(entry_closes_at, zone, language) } };
}

/** A moment on the clocks of a zone, with the zone's name where that isn't this device's. */
function inZone(instant: string, zone: string | undefined, language: string): string {
  if (zone === undefined) return moment(instant, language);
  const at = Date.parse(instant);
  const text = moment(at, language, { timeZone: zone });
  const here = zoneOffsetMinutes(at, zone) === zoneOffsetMinutes(at, deviceZone());
  return here ? text : `${text} ${zoneLabel(zone, at)}`;
}
