import { use, useSyncExternalStore } from "react";
import { type Catalogue, find, textOf, type Values } from "./catalogue";
import type { Namespace, TextKey } from "./resources";

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];
/** A language's name in that language: the same whatever is chosen, so it is no text to translate. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", "zh-CN": "简体中文" };

/** Gives the text of a key, filled in. */
export type Translate<N extends Namespace> = (key: TextKey<N>, values?: Values) => string;

export interface Translation<N extends Namespace> {
  /** The same function for as long as the language stays. */
  t: Translate<N>;
  i18n: {
    language: Language;
    /** Whether there is a text for a key that the types don't know, such as one made of an error's code. */
    exists: (key: string) => boolean;
  };
}

const STORED_AS = "exam-system.language";

/** Each namespace of each language is a chunk of its own, fetched when first needed. */
const files = import.meta.glob<Catalogue>("../../locales/*/*.json", { import: "default" });

let language: Language = "en";
const listeners = new Set<() => void>();
const loaded = new Map<string, Catalogue>();
const loading = new Map<string, Promise<Catalogue>>();
const translations = new Map<string, Translation<Namespace>>();

function load(of: Language, namespace: string): Promise<Catalogue> {
  const path = `../../locales/${of}/${namespace}.json`;
  const under = loading.get(path);
  if (under !== undefined) return under;
  const file = files[path];
  const texts: Promise<Catalogue> =
    file === undefined
      ? Promise.reject(new Error(`there are no texts "${namespace}" in ${of}`))
      : file().then((catalogue) => {
          loaded.set(path, catalogue);
          // React's own mark of a promise that `use` needn't wait for.
          Object.assign(texts, { status: "fulfilled", value: catalogue });
          return catalogue;
        });
  loading.set(path, texts);
  // What failed (offline) is tried anew when it is next asked for.
  texts.catch(() => loading.delete(path));
  return texts;
}

/** The texts of a namespace in the page's language; the component waits until they are there. */
export function useTranslation<N extends Namespace>(namespace: N): Translation<N> {
  const current = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => language,
  );
  // Always asked through `use`, loaded or not: a render that waited is replayed and must ask the same again.
  return translationOf(current, namespace, use(load(current, namespace)));
}

function translationOf<N extends Namespace>(
  of: Language,
  namespace: N,
  texts: Catalogue,
): Translation<N> {
  const name = `${of}/${namespace}`;
  const known = translations.get(name) as Translation<N> | undefined;
  if (known !== undefined) return known;
  const made: Translation<N> = {
    t: (key, values) => textOf(texts, of, key, values),
    i18n: { language: of, exists: (key) => find(texts, key) !== undefined },
  };
  translations.set(name, made as unknown as Translation<Namespace>);
  return made;
}

/**
 * A text of a namespace in the page's language, if that namespace is there already: for what is said better where more
 * texts are loaded, and mustn't wait for them.
 */
export function textIfLoaded(namespace: Namespace, key: string): string | undefined {
  const texts = loaded.get(`../../locales/${language}/${namespace}.json`);
  return texts === undefined ? undefined : find(texts, key);
}

/** Starts the texts; resolves once the common ones are there. */
export async function startI18n(first: Language = firstLanguage()): Promise<void> {
  language = first;
  document.documentElement.lang = first;
  await load(first, "common");
}

/** What the person chose, else what the browser prefers, else English. */
function firstLanguage(): Language {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(STORED_AS);
  } catch {
    // storage is forbidden: the choice lasts as long as the page
  }
  const chosen = LANGUAGES.find((one) => one === stored);
  if (chosen !== undefined) return chosen;
  const preferred = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag))?.toLowerCase();
  return preferred?.startsWith("zh") === true ? "zh-CN" : "en";
}

/** The language in use. */
export function currentLanguage(): Language {
  return language;
}

/** Changes the language here and for the next visit. Stays as it is when the texts can't be fetched (offline). */
export async function chooseLanguage(next: Language): Promise<void> {
  const inUse = [...loaded.keys()].flatMap((path) => /([^/]+)\.json$/.exec(path)?.[1] ?? []);
  try {
    await Promise.all([...new Set(inUse)].map((namespace) => load(next, namespace)));
  } catch {
    return;
  }
  language = next;
  document.documentElement.lang = next;
  for (const listener of listeners) listener();
  try {
    localStorage.setItem(STORED_AS, next);
  } catch {
    // storage is forbidden: the choice lasts as long as the page
  }
}

/** Makes sure that texts are there before a page needs them. For route loaders. */
export async function loadTexts(...namespaces: Namespace[]): Promise<void> {
  await Promise.all(namespaces.map((namespace) => load(language, namespace)));
}

/** Fetches the other languages' texts while there is a network, so that a later switch works without one. */
export async function prefetchOtherLanguages(...namespaces: Namespace[]): Promise<void> {
  const wanted = LANGUAGES.flatMap((one) =>
    ["common" as const, ...namespaces].map((namespace) => load(one, namespace)),
  );
  await Promise.allSettled(wanted);
}
