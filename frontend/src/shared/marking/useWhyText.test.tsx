import { renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Why } from "../api";
import { useWhyText } from "./useWhyText";

const said = (why: Why) => renderHook(() => useWhyText()).result.current(why);

it("says why points were given, with the numbers that they came from", () => {
  expect(said({ code: "option_worth", fraction: 0.1666667 })).toBe(
    "The chosen option is worth 16.7% of the points.",
  );
  expect(said({ code: "by_marker", words: 1, too_long: false, too_short: true })).toMatch(
    /1 word\b/,
  );
  expect(said({ code: "by_marker", words: null, too_long: false, too_short: false })).not.toMatch(
    /\d/,
  );
  const full = said({ code: "text_accepted", alternative: 0, fraction: 1 });
  expect(full).toBe(said({ code: "right" }));
  expect(said({ code: "number_accepted", alternative: 1, fraction: 0.5 })).toMatch(/50%/);
  expect(said({ code: "pairs_in_order", concordant: 4, discordant: 2, of: 6 })).toMatch(/4.*6/);
});
