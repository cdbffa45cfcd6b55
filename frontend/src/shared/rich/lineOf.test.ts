import katex from "katex";
import { expect, test } from "vitest";
import { lineOf } from "./lineOf";

function line(tex: string): string | null {
  const drawn = document.createElement("span");
  drawn.innerHTML = katex.renderToString(tex, { strict: "ignore" });
  const math = drawn.querySelector("math");
  if (math === null) throw new Error("KaTeX has drawn no MathML");
  return lineOf(math);
}

test.each([
  [String.raw`39\ \mathrm{m}`, "39 m"],
  [String.raw`\frac{1}{2}`, "1/2"],
  [String.raw`\frac{a+b}{2}`, "(a+b)/2"],
  [String.raw`\frac12 + \frac{x}{y-1}`, "1/2+x/(y−1)"],
  ["x^2", "x²"],
  ["x^{-10}", "x⁻¹⁰"],
  ["e^{ax}", "e^(ax)"],
  ["e^{a+x}", "e^(a+x)"],
  ["(a+b)^2", "(a+b)²"],
  ["R_1", "R₁"],
  ["v_0^2", "v₀²"],
  ["f'(x)", "f′(x)"],
  [String.raw`\sqrt{2}`, "√2"],
  [String.raw`\sqrt{a+b}`, "√(a+b)"],
  [String.raw`x \le 3`, "x ≤ 3"],
  [String.raw`\sin x`, "sin x"],
  ["3,\\ 1,\\ 2", "3, 1, 2"],
])("%s is said as %s", (tex, said) => {
  expect(line(tex)).toBe(said);
});

test.each([
  String.raw`\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`,
  String.raw`\binom{n}{k}`,
  String.raw`\vec{v}`,
  String.raw`\sqrt[3]{x}`,
])("%s has no line", (tex) => {
  expect(line(tex)).toBeNull();
});

test.each([
  ["1\\frac12", "\\frac{11}2"],
  ["\\frac12 3", "\\frac1{23}"],
  ["\\sqrt2 3", "\\sqrt{23}"],
  ["\\sqrt{ab}", "\\sqrt{a}b"],
  ["a^{bc}", "a^b c"],
  ["\\frac{a}{bc}", "\\frac{a}{b}c"],
])("%s is never said as %s is", (one, other) => {
  expect(line(one)).not.toBe(line(other));
});
