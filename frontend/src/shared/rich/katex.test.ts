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

test("a formula in a label names its control: by its line, or by its source where no line says it", () => {
  const label = document.createElement("label");
  const formula = label.appendChild(document.createElement("span"));
  const name = () => formula.querySelector("math")?.getAttribute("aria-label");
  draw("x^2", formula, false);
  expect(name()).toBe("x²");
  draw(String.raw`\vec{v}`, formula, false);
  expect(name()).toBe(String.raw`\vec{v}`);
  label.removeChild(formula);
  draw("x^2", formula, false);
  expect(name()).toBeNull();
});
