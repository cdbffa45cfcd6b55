import { expect, it } from "vitest";
import type { ResponseToMark } from "@/shared/api/types-officer";
import { nextWaiting, quickPoints } from "./place";

const responses = (...points: (number | null)[]) =>
  points.map((one) => ({ points: one }) as ResponseToMark);

it("goes on to the next response that waits, and round to the start", () => {
  expect(nextWaiting(responses(null, 1, null), 0)).toBe(2);
  expect(nextWaiting(responses(null, 1, 2), 1)).toBe(0);
});

it("stops when nothing waits any more", () => {
  expect(nextWaiting(responses(1, 2), 0)).toBeNull();
  expect(nextWaiting([], 0)).toBeNull();
});

it("offers each whole point of a small question, and quarters of a large one", () => {
  expect(quickPoints(3)).toEqual([0, 1, 2, 3]);
  expect(quickPoints(40)).toEqual([0, 10, 20, 30, 40]);
  expect(quickPoints(2.5)).toEqual([0, 0.5, 1.5, 2, 2.5]);
});
