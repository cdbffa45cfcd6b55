import fc from "fast-check";
import { expect, it } from "vitest";
import { instantOf, wallTime, zoneLabel } from "./zone";

const ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Pacific/Auckland", "UTC"];

it("finds the moment at which a clock shows a time, in any zone", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: Date.UTC(2000, 0, 1) / 60_000, max: Date.UTC(2060, 0, 1) / 60_000 }),
      (zone, minute) => {
        const shown = wallTime(minute * 60_000, zone);
        const found = instantOf(shown, zone);
        expect(found).not.toBeNull();
        expect(wallTime(found ?? 0, zone)).toBe(shown);
      },
    ),
    { numRuns: 300 },
  );
});

it("has no moment for the hour that summer time skips", () => {
  expect(instantOf("2026-03-29T02:30", "Europe/Berlin")).toBeNull();
  expect(instantOf("2026-03-29T03:30", "Europe/Berlin")).toBe(Date.UTC(2026, 2, 29, 1, 30));
});

it("takes the first of the two moments in the hour that comes twice", () => {
  expect(instantOf("2026-10-25T02:30", "Europe/Berlin")).toBe(Date.UTC(2026, 9, 25, 0, 30));
});

it("says what isn't a time", () => {
  expect(instantOf("", "UTC")).toBeNull();
  expect(instantOf("2026-13-01T00:00", "UTC")).toBeNull();
});

it("names a zone with its distance from GMT", () => {
  const july = Date.UTC(2026, 6, 1);
  expect(zoneLabel("Asia/Shanghai", july)).toBe("Asia/Shanghai (GMT+8)");
  expect(zoneLabel("America/St_Johns", july)).toBe("America/St Johns (GMT−2:30)");
  expect(zoneLabel("UTC", july)).toBe("UTC");
});
