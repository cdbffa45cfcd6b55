/** Draws the mathematics inside an element; what is drawn already stays. */
export async function drawMath(root: HTMLElement): Promise<void> {
  const formulas = [...root.querySelectorAll<HTMLElement>(".math:not([data-drawn])")];
  if (formulas.length === 0) return;
  let katex: typeof import("./katex");
  try {
    katex = await import("./katex");
  } catch {
    return; // offline: the TeX source can be read
  }
  for (const formula of formulas) {
    if (formula.dataset["drawn"] !== undefined) continue;
    const source = formula.textContent ?? "";
    formula.dataset["drawn"] = "";
    katex.draw(source, formula, formula.classList.contains("math-display"));
  }
}
