import { COLUMN_NAMES } from "./column-names.gen";

/** What a column of a people's file can be. */
export type PeopleField = keyof typeof COLUMN_NAMES;

/**
 * The names by which columns are recognised: the server's own list. What the page calls a field (`fields` in the texts of
 * every language) has to be among them: people name their columns so.
 */
const NAMES: Record<PeopleField, readonly string[]> = COLUMN_NAMES;

/** What a column is by its title, among `fields`; null when the title says nothing. */
export function fieldOf(title: string, fields: readonly PeopleField[]): PeopleField | null {
  const folded = title
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{Alphabetic}\p{N}%]/gu, "");
  return fields.find((field) => NAMES[field].includes(folded)) ?? null;
}

/** What each column is by its title; a field that two columns name is the first one's. */
export function guessColumns(
  titles: readonly string[],
  fields: readonly PeopleField[],
): (PeopleField | null)[] {
  const taken = new Set<PeopleField>();
  return titles.map((title) => {
    const field = fieldOf(title, fields);
    if (field === null || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
}
