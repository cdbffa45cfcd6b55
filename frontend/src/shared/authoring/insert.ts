/**
 * Replaces the selection of a text area as if it had been typed, so that the browser's own undo takes it back.
 * Then selects `select` characters of it, counted from its beginning.
 */
export function insertText(
  area: HTMLTextAreaElement,
  text: string,
  select: { from: number; to: number } = { from: text.length, to: text.length },
): void {
  area.focus();
  const start = area.selectionStart;
  // Deprecated, yet the one way that keeps undo; where it is missing the text is put in directly.
  const typed =
    typeof document.execCommand === "function" && document.execCommand("insertText", false, text);
  if (!typed) {
    area.setRangeText(text, start, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(start + select.from, start + select.to);
}

/** What is selected. */
export function selectedText(area: HTMLTextAreaElement): string {
  return area.value.slice(area.selectionStart, area.selectionEnd);
}

/** Puts marks around the selection, or takes them off when they are there; without a selection, around `sample`. */
export function wrapSelection(area: HTMLTextAreaElement, mark: string, sample: string): void {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const text = value.slice(start, end);
  const marked =
    value.slice(start - mark.length, start) === mark &&
    value.slice(end, end + mark.length) === mark;
  if (marked) {
    area.setSelectionRange(start - mark.length, end + mark.length);
    insertText(area, text, { from: 0, to: text.length });
    return;
  }
  const inner = text === "" ? sample : text;
  insertText(area, mark + inner + mark, { from: mark.length, to: mark.length + inner.length });
}

/** Puts a mark in front of each selected line, such as that of a list. */
export function markLines(area: HTMLTextAreaElement, mark: (place: number) => string): void {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const behind = value.indexOf("\n", area.selectionEnd);
  const end = behind < 0 ? value.length : behind;
  const lines = value
    .slice(start, end)
    .split("\n")
    .map((line, place) => mark(place) + line);
  area.setSelectionRange(start, end);
  insertText(area, lines.join("\n"));
}

/** Puts a block on lines of its own, with an empty line before and behind it. */
export function insertBlock(
  area: HTMLTextAreaElement,
  block: string,
  select?: { from: number; to: number },
): void {
  const before = area.value.slice(0, area.selectionStart);
  const lead =
    before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = area.value.slice(area.selectionEnd).startsWith("\n") ? "\n" : "\n\n";
  const text = lead + block + tail;
  insertText(
    area,
    text,
    select && { from: lead.length + select.from, to: lead.length + select.to },
  );
}
