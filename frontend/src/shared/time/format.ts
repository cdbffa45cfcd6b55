/** A length of time for a running clock: `2:05:09`, `5:09`, `0:09`. Negative lengths show as zero. */
export function clockFace(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const two = (part: number) => String(part).padStart(2, "0");
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
    : `${minutes}:${two(seconds % 60)}`;
}

/** A length of time in words, in the person's language: “1 hour, 30 minutes”. At most two units. */
export function inWords(milliseconds: number, language: string): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), "day"],
    [Math.floor((seconds % 86_400) / 3_600), "hour"],
    [Math.floor((seconds % 3_600) / 60), "minute"],
    [seconds % 60, "second"],
  ];
  const first = parts.findIndex(([amount]) => amount > 0);
  const shown =
    first < 0 ? parts.slice(3) : parts.slice(first, first + 2).filter(([amount]) => amount > 0);
  const words = shown.map(([amount, unit]) =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount),
  );
  return new Intl.ListFormat(language, { type: "unit" }).format(words);
}

/** A moment as date and time, or as one of them; `seconds` is the time with its seconds, in the sitting's time zone when one is given. */
export function moment(
  instant: string | number,
  language: string,
  options: { timeZone?: string; style?: "full" | "date" | "time" | "seconds" } = {},
): string {
  const { timeZone, style = "full" } = options;
  return new Intl.DateTimeFormat(language, {
    ...((style === "full" || style === "date") && { dateStyle: "medium" }),
    ...(style !== "date" && { timeStyle: style === "seconds" ? "medium" : "short" }),
    ...(timeZone !== undefined && { timeZone }),
  }).format(typeof instant === "string" ? Date.parse(instant) : instant);
}

/** When what begins at `start` ends: its time, with the date where that is another day than the start's. */
export function endMoment(
  end: string,
  start: string,
  language: string,
  options: { timeZone?: string } = {},
): string {
  const day = (instant: string) => moment(instant, language, { ...options, style: "date" });
  return moment(end, language, { ...options, style: day(end) === day(start) ? "time" : "full" });
}
