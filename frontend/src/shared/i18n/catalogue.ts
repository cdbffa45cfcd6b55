/** The texts of one namespace in one language, as the file has them: nested by the dots of their keys. */
export interface Catalogue {
  readonly [key: string]: string | Catalogue;
}

/** What a text is filled in with. `count` also chooses between its plural forms. */
export type Values = Readonly<Record<string, string | number>>;

/** The text of a key, with its values filled in; the key itself when there is no such text. */
export function textOf(
  texts: Catalogue,
  language: string,
  key: string,
  values: Values = {},
): string {
  const text = formOf(texts, language, key, values["count"]);
  if (text === undefined) return key;
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : String(value);
  });
}

/** The plural form that a language wants for a number: an own form for none at all, if there is one, goes first. */
function formOf(
  texts: Catalogue,
  language: string,
  key: string,
  count: string | number | undefined,
): string | undefined {
  if (typeof count !== "number") return find(texts, key);
  return (
    (count === 0 ? find(texts, `${key}_zero`) : undefined) ??
    find(texts, `${key}_${rulesOf(language).select(count)}`) ??
    find(texts, `${key}_other`) ??
    find(texts, key)
  );
}

export function find(texts: Catalogue, key: string): string | undefined {
  let at: string | Catalogue | undefined = texts;
  for (const part of key.split(".")) {
    if (typeof at !== "object") return undefined;
    at = Object.hasOwn(at, part) ? at[part] : undefined;
  }
  return typeof at === "string" ? at : undefined;
}

const rules = new Map<string, Intl.PluralRules>();
function rulesOf(language: string): Intl.PluralRules {
  const known = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, known);
  return known;
}
