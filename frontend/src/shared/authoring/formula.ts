/** A piece of TeX to choose; `□` is where the person goes on writing. */
export const SYMBOLS = {
  structures: [
    "\\frac{□}{}",
    "{□}^{}",
    "{□}_{}",
    "\\sqrt{□}",
    "\\sqrt[n]{□}",
    "\\left( □ \\right)",
    "\\left| □ \\right|",
    "\\binom{□}{}",
    "\\vec{□}",
    "\\overline{□}",
    "\\text{□}",
    "\\begin{cases} □ & \\\\ & \\end{cases}",
    "\\begin{pmatrix} □ & \\\\ & \\end{pmatrix}",
  ],
  operators: [
    "\\times",
    "\\div",
    "\\cdot",
    "\\pm",
    "\\le",
    "\\ge",
    "\\ne",
    "\\approx",
    "\\equiv",
    "\\propto",
    "\\infty",
    "\\partial",
    "\\sum_{□}^{}",
    "\\prod_{□}^{}",
    "\\int_{□}^{}",
    "\\lim_{□ \\to }",
    "\\log_{□}",
    "\\sin",
    "\\cos",
    "\\tan",
  ],
  letters: [
    "\\alpha",
    "\\beta",
    "\\gamma",
    "\\delta",
    "\\varepsilon",
    "\\theta",
    "\\lambda",
    "\\mu",
    "\\nu",
    "\\pi",
    "\\rho",
    "\\sigma",
    "\\tau",
    "\\varphi",
    "\\omega",
    "\\Gamma",
    "\\Delta",
    "\\Sigma",
    "\\Phi",
    "\\Omega",
  ],
  relations: [
    "\\in",
    "\\notin",
    "\\subset",
    "\\subseteq",
    "\\cup",
    "\\cap",
    "\\varnothing",
    "\\mathbb{N}",
    "\\mathbb{Z}",
    "\\mathbb{R}",
    "\\forall",
    "\\exists",
    "\\neg",
    "\\land",
    "\\lor",
    "\\Rightarrow",
    "\\Leftrightarrow",
    "\\to",
    "\\rightleftharpoons",
    "\\angle",
    "\\triangle",
    "\\perp",
    "\\parallel",
    "^\\circ",
  ],
} as const satisfies Record<string, readonly string[]>;

/** A symbol as its button shows it: something stands where the person will write. */
export function sample(symbol: string): string {
  return symbol
    .replaceAll("□", "a")
    .replaceAll("{}", "{b}")
    .replace("\\to }", "\\to b}")
    .replace(/^\^/, "x^")
    .replace("& \\\\ & \\end", "& b \\\\ c & d \\end");
}

/** A formula as the text writes it. */
export function written(tex: string, display: boolean): string {
  return display ? `$$${tex}$$` : `$${tex}$`;
}

/** The TeX of a selected formula, and whether it stands on a line of its own; null for another text. */
export function readFormula(text: string): { tex: string; display: boolean } | null {
  const display = /^\s*(?:\$\$([\s\S]+)\$\$|\\\[([\s\S]+)\\\])\s*$/.exec(text);
  if (display) return { tex: (display[1] ?? display[2] ?? "").trim(), display: true };
  const inline = /^\s*(?:\$([^$]+)\$|\\\(([\s\S]+)\\\))\s*$/.exec(text);
  return inline ? { tex: (inline[1] ?? inline[2] ?? "").trim(), display: false } : null;
}

/** A formula as HTML that `RichText` draws. */
export function formulaHtml(tex: string, display = false): string {
  const safe = tex.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<span class="math ${display ? "math-display" : "math-inline"}">${safe}</span>`;
}
