import { describe, expect, it } from "vitest";
import { excerptOf } from "./excerpt";

describe("the beginning of a question's text", () => {
  it.each([
    [
      String.raw`The sequence $\{a_n\}$ has $a_1=1$ and $$a_{n}*b_{n}$$`,
      String.raw`The sequence \{a_n\} has a_1=1 and a_{n}*b_{n}`,
    ],
    [String.raw`If \(x<y\) and \[z\]`, "If x<y and z"],
    ["![A circuit](media:0af3)\n\nWhich **lamp** is *on*?", "Which lamp is on?"],
    ["It costs $5 or $10, not 2 * 3.", "It costs $5 or $10, not 2 * 3."],
    [
      "# Title\n\n- a `b` [link](https://a.b)\n\n| x | y |\n|---|---|\n| 1 | 2 |",
      "Title a b link x y 1 2",
    ],
    ["[[1]] is snake_case_name", "[[1]] is snake_case_name"],
  ])("is what a reader reads of %j", (text, expected) => {
    expect(excerptOf({ format: "markdown", text })).toBe(expected);
  });

  it("is without tags and images where it is HTML, and as typed where it is plain", () => {
    const html = '<p>Look:</p><p><img src="a" alt="A lamp"> is &lt; $a<b$?</p>';
    expect(excerptOf({ format: "html", text: html })).toBe("Look: is < a<b?");
    expect(excerptOf({ format: "plain", text: "$a$ **b**\n<i>" })).toBe("$a$ **b** <i>");
  });

  it("is cut when it is long", () => {
    const cut = excerptOf({ format: "plain", text: "月".repeat(500) });
    expect([[...cut].length, cut.at(-1)]).toEqual([160, "…"]);
  });
});
