/** A text file as read: its words, and the encoding that they were found to be in. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: "UTF-8" | "UTF-16" | "GB18030";
}

/**
 * The text of a file: by its byte order mark, else UTF-8, else GB18030, which Chinese spreadsheets save. Null for what
 * is no text, such as a workbook.
 */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  const mark = bytes.subarray(0, 2).join();
  const wide = mark === "255,254" ? "utf-16le" : mark === "254,255" ? "utf-16be" : null;
  const tries = wide
    ? ([[wide, "UTF-16"]] as const)
    : ([
        ["utf-8", "UTF-8"],
        ["gb18030", "GB18030"],
      ] as const);
  for (const [label, encoding] of tries) {
    try {
      const text = new TextDecoder(label, { fatal: true }).decode(bytes);
      if (text.includes("\0")) return null;
      return { text: text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n"), encoding };
    } catch {
      // not this one
    }
  }
  return null;
}

/** Comma, semicolon or tab, whichever parts the most titles: one in quotes may hold any of them, and line breaks. */
export function delimiterOf(text: string): string {
  const count = (delimiter: string) => firstRecords(text, delimiter, 1).records[0]?.length ?? 0;
  return [",", ";", "\t"].reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** The first records of a CSV text, and where the second one begins. */
export function firstRecords(
  text: string,
  delimiter: string,
  count: number,
): { records: string[][]; headerEnd: number } {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = "";
  let quoted = false;
  let headerEnd = text.length;
  const endRecord = (at: number) => {
    record.push(cell.trim());
    cell = "";
    if (records.length === 0) headerEnd = at;
    if (record.some((value) => value !== "")) records.push(record);
    record = [];
  };
  let at = 0;
  for (; at < text.length && records.length < count; at += 1) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell.trim() === "") {
      cell = "";
      quoted = true;
    } else if (sign === delimiter) {
      record.push(cell.trim());
      cell = "";
    } else if (sign === "\n") endRecord(at);
    else cell += sign;
  }
  if (records.length < count && (cell !== "" || record.length > 0)) endRecord(text.length);
  return { records, headerEnd };
}

/** A person's words as a cell: a spreadsheet mustn't take them for a formula, as the server's exports see to as well. */
export function csvText(value: string): string {
  const formula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(value);
  return csvCell(formula ? `'${value}` : value);
}

/** A cell as a CSV file holds it: in quotes where it has to be. */
export function csvCell(value: string): string {
  return /[",;\t\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
