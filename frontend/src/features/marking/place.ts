import type { ResponseToMark } from "@/shared/api/types-officer";

/** The place of the next response that waits, behind `from` and then from the start; null when none does. */
export function nextWaiting(responses: readonly ResponseToMark[], from: number): number | null {
  const places = responses.map((_, place) => (from + 1 + place) % responses.length);
  return places.find((place) => responses[place]?.points === null) ?? null;
}

/** Points that a marker gives most often: all whole ones of a small question, quarters of a large one. */
export function quickPoints(most: number): number[] {
  const WHOLE_MAX = 10;
  if (most <= 0) return [0];
  if (Number.isInteger(most) && most <= WHOLE_MAX)
    return Array.from({ length: most + 1 }, (_, points) => points);
  return [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * most * 2) / 2);
}
