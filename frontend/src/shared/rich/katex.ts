import "katex/dist/katex.min.css";
import katex from "katex";
import { lineOf } from "./lineOf";

/** The faces that nearly every formula has; the rarer ones are fetched when one is drawn with them. */
const FONTS = ["1em KaTeX_Main", "italic 1em KaTeX_Math"];

/** Where a drawn formula's styles wait until they are set through the object model. */
const STYLE = "data-katex-style";

/**
 * Draws one formula. KaTeX writes style attributes (some, as an arrow's width, even where it builds the elements
 * itself), which a content policy without inline styles refuses; styles set through the object model are allowed.
 */
export function draw(source: string, into: HTMLElement, display: boolean): void {
  let drawn: string;
  try {
    drawn = katex.renderToString(source, {
      displayMode: display,
      throwOnError: true,
      strict: "ignore",
      trust: false,
    });
  } catch {
    // Not TeX that KaTeX knows: the source is better than a message about it.
    into.textContent = source;
    into.classList.add("font-mono");
    return;
  }
  // In KaTeX's markup a quotation mark ends an attribute: in texts it is written `&quot;`.
  into.innerHTML = drawn.replaceAll(' style="', ` ${STYLE}="`);
  for (const styled of into.querySelectorAll<HTMLElement | SVGElement>(`[${STYLE}]`)) {
    styled.style.cssText = styled.getAttribute(STYLE) ?? "";
    styled.removeAttribute(STYLE);
  }
  nameForControl(into, source);
}

/** Fetches the usual fonts, so that a formula is drawn in its own size from the start. */
export async function fetchFonts(): Promise<void> {
  await Promise.allSettled(FONTS.map((font) => document.fonts.load(font)));
}

/**
 * Browsers leave MathML out of a control's name: an option that is only a formula would be a nameless radio button.
 * In a label the formula therefore says its line; elsewhere the MathML speaks for itself.
 */
function nameForControl(formula: HTMLElement, source: string): void {
  const math = formula.closest("label") && formula.querySelector("math");
  math?.setAttribute("aria-label", lineOf(math) ?? source);
}
