/** The words of an HTML text, for where no markup can stand (an entry of a select, a spoken label). */
export function plainText(html: string): string {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const image of parsed.querySelectorAll("img")) image.replaceWith(image.alt);
  return (parsed.body.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** Whether a text is more than words: then it must be drawn, and can't be a mere label. */
export function needsDrawing(html: string): boolean {
  return /<(?:img|table|pre|ul|ol|sup|sub)|class="math/.test(html);
}
