const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789+−-()"].map((plain, index) => [plain, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾"][index] ?? plain]),
);
const LOWERED: Readonly<Record<string, string>> = Object.fromEntries(
  [..."0123456789+−-()"].map((plain, index) => [plain, [..."₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎"][index] ?? plain]),
);

/**
 * A formula in one line of plain characters, as one would type it: `(a + b)/2`, `x²`, `√2`, `R₁`. Says the same in every
 * language, and never something else than the formula: null when it has a shape that no line can have, such as a matrix.
 */
export function lineOf(math: Element): string | null {
  try {
    return childrenOf(math).replace(/\s+/g, " ").trim() || null;
  } catch (error) {
    if (error instanceof NoLine) return null;
    throw error;
  }
}

class NoLine extends Error {}

function childrenOf(element: Element): string {
  const children = [...element.children];
  return children
    .map((child, index) => {
      const line = partOf(child);
      const shape = bare(child).localName;
      const near = (neighbour: Element | undefined) =>
        neighbour !== undefined && !/^(mo|mspace|mtext)$/.test(bare(neighbour).localName);
      // What stands directly beside it would be read as part of it.
      const open =
        (shape === "mfrac" && near(children[index - 1])) ||
        ((shape === "mfrac" || shape === "msqrt" || /[_^]/.test(line)) &&
          near(children[index + 1]));
      return open ? `(${line})` : line;
    })
    .join("");
}

/** The element itself, out of what only wraps it. */
function bare(element: Element): Element {
  const only = element.children.length === 1 ? element.children[0] : undefined;
  const wraps = /^(mrow|mstyle|mpadded)$/.test(element.localName);
  return wraps && only !== undefined ? bare(only) : element;
}

function partOf(element: Element): string {
  const at = (index: number) => {
    const child = element.children[index];
    if (child === undefined) throw new NoLine();
    return child;
  };
  switch (element.localName) {
    case "math":
    case "mrow":
    case "mstyle":
    case "mpadded":
      return childrenOf(element);
    case "semantics":
      return partOf(at(0)); // what follows is the TeX source
    case "mi":
    case "mn":
    case "mtext":
      return textOf(element);
    case "mo":
      return operator(textOf(element));
    case "mspace":
      return " ";
    case "mfrac":
      // Without its line it isn't a fraction.
      if (element.getAttribute("linethickness") !== null) throw new NoLine();
      return `${grouped(at(0))}/${grouped(at(1))}`;
    case "msqrt":
      return `√${element.children.length === 1 ? grouped(at(0)) : `(${childrenOf(element)})`}`;
    case "msup":
      return grouped(at(0)) + script(at(1), RAISED, "^");
    case "msub":
      return grouped(at(0)) + script(at(1), LOWERED, "_");
    case "msubsup":
      return grouped(at(0)) + script(at(1), LOWERED, "_") + script(at(2), RAISED, "^");
    default:
      throw new NoLine();
  }
}

/** What a token shows. Of the invisible signs only the one between a function and what it is of leaves room. */
function textOf(element: Element): string {
  return (element.textContent ?? "")
    .replace(/[\u2062-\u2064]/g, "")
    .replace(/[\u00a0\u2061]/g, " ");
}

/** Signs that stand between two things have room around them, as in print; others don't. */
function operator(sign: string): string {
  return /^[=≠<>≤≥≈∼≡→⇒⇔∈∉⊂⊆∪∩×÷·⋅±∓]$/.test(sign) ? ` ${sign} ` : sign;
}

/** In brackets when it is more than one sign, one number or one word. */
function grouped(element: Element): string {
  const line = partOf(element).trim();
  return bare(element).children.length === 0 ? line : `(${line})`;
}

function script(element: Element, small: Readonly<Record<string, string>>, mark: string): string {
  const line = partOf(element).trim();
  if (/^[′″‴]+$/.test(line)) return line;
  const signs = [...line];
  if (signs.length > 0 && signs.every((sign) => sign in small))
    return signs.map((sign) => small[sign]).join("");
  return mark + grouped(element);
}
