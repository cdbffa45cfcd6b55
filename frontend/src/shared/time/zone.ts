/** The time zone that the device is set to, by its IANA name. */
export function deviceZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Every time zone that the browser knows. UTC is always among them. */
export function timeZones(): readonly string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return known.includes("UTC") ? known : [...known, "UTC"];
}

const readers = new Map<string, Intl.DateTimeFormat>();

/** Reads clocks in a zone; making a format is slow, so each zone's is kept. */
function reader(zone: string): Intl.DateTimeFormat {
  let format = readers.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    readers.set(zone, format);
  }
  return format;
}

/** What a clock on the wall shows in a zone, in milliseconds as if it were UTC. */
function wallAsUtc(instant: number, zone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of reader(zone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const MINUTE_MS = 60_000;

/** A moment as a clock in the zone shows it, for a field of type `datetime-local`: `2026-11-23T09:00`. */
export function wallTime(instant: string | number, zone: string): string {
  const at = typeof instant === "string" ? Date.parse(instant) : instant;
  return new Date(wallAsUtc(at, zone)).toISOString().slice(0, 16);
}

/**
 * The moment at which a clock in the zone shows `wall`; null when `wall` is no date and time, or when clocks skip it
 * (the hour that summer time takes). Of the two moments in the hour that comes twice, the first.
 */
export function instantOf(wall: string, zone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall)) return null;
  const asUtc = Date.parse(`${wall}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  // The offset can differ by a day around the moment that is looked for; both sides of it are tried.
  const DAY_MS = 86_400_000;
  const found = [asUtc - DAY_MS, asUtc + DAY_MS]
    .map((near) => asUtc - (wallAsUtc(near, zone) - near))
    .filter((moment) => wallAsUtc(moment, zone) === asUtc);
  return found.length === 0 ? null : Math.min(...found);
}

/** How far a zone's clocks are ahead of UTC at a moment, in minutes. */
export function zoneOffsetMinutes(instant: number, zone: string): number {
  const whole = Math.floor(instant / MINUTE_MS) * MINUTE_MS;
  return Math.round((wallAsUtc(whole, zone) - whole) / MINUTE_MS);
}

/** A zone for people to recognise: `Asia/Shanghai (GMT+8)`. */
export function zoneLabel(zone: string, instant: number): string {
  const minutes = zoneOffsetMinutes(instant, zone);
  const sign = minutes < 0 ? "−" : "+";
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  const offset =
    minutes === 0
      ? "GMT"
      : `GMT${sign}${hours}${rest > 0 ? `:${String(rest).padStart(2, "0")}` : ""}`;
  return zone === "UTC" ? "UTC" : `${zone.replaceAll("_", " ")} (${offset})`;
}
