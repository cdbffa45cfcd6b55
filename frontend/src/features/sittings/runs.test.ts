import { expect, it } from "vitest";
import { runsOf } from "./runs";

it.each([
  [[], []],
  [[2], ["2"]],
  [
    [5, 4, 3, 1],
    ["1", "3–5"],
  ],
  [
    [1, 1, 2, 9],
    ["1–2", "9"],
  ],
])("%j are the runs %j", (numbers, runs) => {
  expect(runsOf(numbers)).toEqual(runs);
});
