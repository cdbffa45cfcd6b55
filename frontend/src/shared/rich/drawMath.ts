type Katex = typeof import("./katex");

let katex: Katex | null = null;

/** Fetches KaTeX; null when it can't be had (offline). */
export async function fetchKatex(): Promise<Katex | null> {
  try {
    katex ??= await import("./katex");
  } catch {
    // the TeX source can be read
  }
  return katex;
}

/** Draws the mathematics inside an element, at once when KaTeX is there already; what is drawn already stays. */
export async function drawMath(root: HTMLElement): Promise<void> {
  const formulas = [...root.querySelectorAll<HTMLElement>(".math:not([data-drawn])")];
  if (formulas.length === 0) return;
  const drawer = katex ?? (await fetchKatex());
  if (drawer === null) return;
  for (const formula of formulas) {
    if (formula.dataset["drawn"] !== undefined) continue;
    const source = formula.textContent ?? "";
    formula.dataset["drawn"] = "";
    drawer.draw(source, formula, formula.classList.contains("math-display"));
  }
}
