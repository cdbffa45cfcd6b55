import { expect, it } from "vitest";
import type { Interaction } from "@/shared/api";
import { isAnswered, isBegun } from "./response";

const gap = (id: string) => ({ id, kind: "text" as const, chars_max: 40, options: [] });
const part = (id: string) => ({ id, html: id });

it("calls a response begun when a gap, a pair or the unit is missing, and not when nothing or all is given", () => {
  const cloze: Interaction = { type: "cloze", html: "", gaps: [gap("1"), gap("2")] };
  expect(isBegun(cloze, undefined)).toBe(false);
  expect(isBegun(cloze, { type: "cloze", gaps: { 1: " " } })).toBe(false);
  expect(isBegun(cloze, { type: "cloze", gaps: { 1: "ice" } })).toBe(true);
  expect(isAnswered({ type: "cloze", gaps: { 1: "ice" } })).toBe(true);
  expect(isBegun(cloze, { type: "cloze", gaps: { 1: "ice", 2: "0" } })).toBe(false);

  const matching: Interaction = {
    type: "matching",
    prompts: [part("p"), part("q")],
    targets: [part("x"), part("y"), part("z")],
  };
  expect(isBegun(matching, { type: "matching", pairs: { p: "x" } })).toBe(true);
  expect(isBegun(matching, { type: "matching", pairs: { p: "x", q: "z" } })).toBe(false);

  const numeric: Interaction = { type: "numeric", units: ["m", "cm"] };
  expect(isBegun(numeric, { type: "numeric", text: "3", unit: null })).toBe(true);
  expect(isBegun(numeric, { type: "numeric", text: "", unit: "m" })).toBe(false);
  expect(isBegun(numeric, { type: "numeric", text: "3", unit: "cm" })).toBe(false);
  expect(isBegun({ ...numeric, units: [] }, { type: "numeric", text: "3", unit: null })).toBe(
    false,
  );
});
