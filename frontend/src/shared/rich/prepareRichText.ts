import { fetchKatex } from "./drawMath";

/** How long a page waits at most for what belongs to its texts before it shows them without. */
const WAIT_MS = 2_000;

/**
 * Fetches what the HTML of a text will need, before it is drawn: nothing on the page moves then when a picture or a
 * formula comes in. Resolves in any case: at once when there is nothing to fetch, after two seconds at the latest.
 */
export async function prepareRichText(html: string): Promise<void> {
  const needs = [
    ...(html.includes('class="math') ? [fetchMath()] : []),
    ...imagesIn(html).map(fetchImage),
  ];
  if (needs.length === 0) return;
  const tooLong = new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  await Promise.race([tooLong, Promise.allSettled(needs)]);
}

async function fetchMath(): Promise<void> {
  const katex = await fetchKatex();
  await katex?.fetchFonts();
}

function imagesIn(html: string): string[] {
  if (!html.includes("<img")) return [];
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return [...parsed.images].flatMap((image) => image.getAttribute("src") ?? []);
}

async function fetchImage(source: string): Promise<void> {
  const image = new Image();
  image.src = source;
  await image.decode();
}
