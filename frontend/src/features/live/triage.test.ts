import { describe, expect, it } from "vitest";
import { attempt } from "./testing";
import { isIn, needOf, noteOffline, sorted, type WatchedRow } from "./triage";

const at = (minute: number, second = 0) => Date.UTC(2026, 10, 23, 9, minute, second);
const iso = (minute: number, second = 0) => new Date(at(minute, second)).toISOString();
const sitting = { opens_at: iso(0), entry_closes_at: iso(30) };
const writing = attempt({ state: "in_progress", started_at: iso(0), deadline: iso(60) });

describe("who needs help", () => {
  it("is not somebody whose connection drops for a moment", () => {
    const away = { ...writing, online: false, last_saved_at: iso(9) };
    const since = noteOffline(new Map(), [away], at(10));
    expect(needOf(away, sitting, since, at(10, 20))).toBeNull();
    expect(needOf(away, sitting, since, at(10, 30))).toBe("offline");
  });

  it("is not somebody whose answers still come in", () => {
    const away = { ...writing, online: false, last_saved_at: iso(12) };
    const since = noteOffline(new Map(), [away], at(10));
    expect(needOf(away, sitting, since, at(12, 10))).toBeNull();
  });

  it("begins anew after a connection came back", () => {
    const first = noteOffline(new Map(), [{ ...writing, online: false }], at(10));
    const back = noteOffline(first, [{ ...writing, online: true }], at(11));
    const again = noteOffline(back, [{ ...writing, online: false }], at(12));
    expect(again.get(writing.attempt_id)).toBe(at(12));
  });

  it("is whoever checked in and hasn't started, while there is time to", () => {
    const ready = attempt({ state: "ready" });
    expect(needOf(ready, sitting, new Map(), at(1))).toBeNull();
    expect(needOf(ready, sitting, new Map(), at(4))).toBe("not_started");
    expect(needOf(ready, sitting, new Map(), at(31))).toBeNull();
  });

  it("is whose answers went back, unless some came late, which is said first", () => {
    const back = attempt({ state: "submitted", closed: true, passed_over_entries: 1 });
    expect(needOf(back, sitting, new Map(), at(70))).toBe("went_back");
    expect(needOf({ ...back, late_entries: 1 }, sitting, new Map(), at(70))).toBe("late");
    expect(isIn({ ...back, need: null }, "late")).toBe(true);
  });

  it("is whose answers came late, and nobody who is deferred", () => {
    const late = attempt({ state: "submitted", closed: true, late_entries: 2 });
    expect(needOf(late, sitting, new Map(), at(70))).toBe("late");
    expect(needOf({ ...late, roster_status: "deferred" }, sitting, new Map(), at(70))).toBeNull();
  });
});

describe("the list", () => {
  const row = (number: string, change: Partial<WatchedRow> = {}): WatchedRow => ({
    ...attempt({ candidate_number: number, candidate_name: `N${number}` }),
    need: null,
    ...change,
  });
  const numbers = (rows: WatchedRow[]) => rows.map(({ candidate_number }) => candidate_number);

  it("shows who needs help first, then who writes", () => {
    const rows = [
      row("1", { state: "submitted", closed: true }),
      row("2", { state: "in_progress" }),
      row("3", { state: "in_progress", need: "offline" }),
      row("10", { state: "in_progress" }),
    ];
    expect(numbers(sorted(rows, { by: "need", descending: false }, "en"))).toEqual([
      "3",
      "2",
      "10",
      "1",
    ]);
  });

  it("sorts numbers as numbers, both ways", () => {
    const rows = [row("10"), row("9"), row("100")];
    expect(numbers(sorted(rows, { by: "number", descending: false }, "en"))).toEqual([
      "9",
      "10",
      "100",
    ]);
    expect(numbers(sorted(rows, { by: "number", descending: true }, "en"))).toEqual([
      "100",
      "10",
      "9",
    ]);
  });

  it("counts an attempt that time has closed as done, though nobody has noticed", () => {
    expect(isIn(row("1", { state: "in_progress", closed: true }), "done")).toBe(true);
    expect(isIn(row("1", { state: "in_progress", closed: true }), "writing")).toBe(false);
  });
});
