import "katex/dist/katex.min.css";
import katex from "katex";

/**
 * Draws one formula. `katex.render` builds elements and sets styles through the object model, which a content policy
 * without inline styles allows; its HTML string would carry style attributes, which it forbids.
 */
export function draw(source: string, into: HTMLElement, display: boolean): void {
  try {
    katex.render(source, into, {
      displayMode: display,
      throwOnError: true,
      strict: "ignore",
      trust: false,
    });
  } catch {
    // Not TeX that KaTeX knows: the source is better than a message about it.
    into.textContent = source;
    into.classList.add("font-mono");
  }
}
