import { expect, test, vi } from "vitest";
import { draw } from "./katex";

test("no style attribute is written, and the styles are there", () => {
  const formula = document.createElement("span");
  const set = vi.spyOn(Element.prototype, "setAttribute");
  const markup = vi.spyOn(formula, "innerHTML", "set");
  draw(String.raw`\vec{v} \boxed{\text{he said " style="}}`, formula, true);
  expect(set.mock.calls.filter(([name]) => name === "style")).toEqual([]);
  expect(markup.mock.calls[0]?.[0]).not.toMatch(/\sstyle="/);
  const arrow = formula.querySelector<SVGElement>(".accent svg");
  expect(arrow?.parentElement?.style.height).toMatch(/em$/);
  expect(arrow?.style.width).toMatch(/em$/);
  expect(formula.textContent).toContain('he said " style="');
  set.mockRestore();
});

test("what isn't TeX is shown as it was written", () => {
  const formula = document.createElement("span");
  draw(String.raw`\frac{1}{`, formula, false);
  expect(formula.textContent).toBe(String.raw`\frac{1}{`);
});
