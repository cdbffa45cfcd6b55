import { expect, it } from "vitest";
import { sittingFor } from "@/shared/test/sitting";
import { momentsOf, newPlan, planOf, sentMoment, type TimePlan } from "./timePlan";

const plan: TimePlan = {
  zone: "Asia/Shanghai",
  opens: "2026-11-24T09:00",
  entryMinutes: 30,
  durationMinutes: 90,
  endRule: "full_time",
  ends: "2026-11-24T12:00",
  graceSeconds: 30,
};
const at = (text: string) => Date.parse(`2026-11-24T${text}:00+08:00`);

it("leaves whoever enters last the whole working time", () => {
  expect(momentsOf(plan)).toEqual({
    opens: at("09:00"),
    entryCloses: at("09:30"),
    windowEnds: at("11:00"),
  });
});

it("ends for everybody together", () => {
  expect(momentsOf({ ...plan, endRule: "together" })?.windowEnds).toBe(at("10:30"));
});

it("ends when the officer says", () => {
  expect(momentsOf({ ...plan, endRule: "own" })?.windowEnds).toBe(at("12:00"));
});

it("means nothing while it isn't whole", () => {
  expect(momentsOf({ ...plan, opens: "" })).toBeNull();
  expect(momentsOf({ ...plan, durationMinutes: null })).toBeNull();
});

it("proposes a full hour that is more than an hour away", () => {
  expect(newPlan("Asia/Shanghai", 60, at("08:20")).opens).toBe("2026-11-24T10:00");
});

it("sends times that an outage has moved as they are, until the officer moves them", () => {
  const moved = sittingFor({
    time_zone: "Asia/Shanghai",
    opens_at: "2026-11-24T01:00:00.000000Z",
    entry_closes_at: "2026-11-24T01:32:03.456789Z",
  });
  const first = momentsOf(planOf(moved))?.entryCloses ?? 0;
  expect(sentMoment(moved.entry_closes_at, first, first)).toBe(moved.entry_closes_at);
  expect(sentMoment(moved.entry_closes_at, first, first + 60_000)).toBe("2026-11-24T01:33:00.000Z");
});
