import { csvCell, decodeText, delimiterOf, firstRecords } from "../lib/csv";

/** A file of people as it was read: its first records, to be looked at before it is sent. */
export interface PeopleFile {
  readonly name: string;
  readonly text: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly titles: readonly string[];
  readonly samples: readonly (readonly string[])[];
  /** Lines below the titles that hold anything; the server counts rows, this is for the eye. */
  readonly lines: number;
  readonly headerEnd: number;
}

export type UnreadableFile = "not_text" | "empty" | "too_large";

/** The largest file that the server takes, in bytes. */
const FILE_BYTES_MAX = 8 * 1024 * 1024;
const SAMPLES_SHOWN = 3;

export async function readPeopleFile(file: File): Promise<PeopleFile | UnreadableFile> {
  if (file.size > FILE_BYTES_MAX) return "too_large";
  const decoded = decodeText(new Uint8Array(await file.arrayBuffer()));
  if (decoded === null) return "not_text";
  const { text, encoding } = decoded;
  const delimiter = delimiterOf(text);
  const { records, headerEnd } = firstRecords(text, delimiter, SAMPLES_SHOWN + 1);
  const [titles, ...samples] = records;
  if (titles === undefined) return "empty";
  return {
    name: file.name,
    text,
    encoding,
    delimiter,
    titles,
    samples,
    lines: text
      .slice(headerEnd)
      .split("\n")
      .filter((line) => line.trim() !== "").length,
    headerEnd,
  };
}

/** The file with its columns named as the person chose. The lines stay where they are, so reports fit the file. */
export function withColumns(file: PeopleFile, fields: readonly (string | null)[]): string {
  const header = file.titles.map((_, place) => csvCell(fields[place] ?? `unused ${place + 1}`));
  const lost = "\n".repeat(file.text.slice(0, file.headerEnd).split("\n").length - 1);
  return header.join(file.delimiter) + lost + file.text.slice(file.headerEnd);
}

/** What stands on a line of the file, counted from 1. */
export function lineOf(file: PeopleFile, line: number): string {
  return file.text.split("\n", line)[line - 1]?.trim() ?? "";
}
