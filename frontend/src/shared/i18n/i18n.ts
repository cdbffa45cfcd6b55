import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];
/** A language's name in that language: the same whatever is chosen, so it is no text to translate. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", "zh-CN": "简体中文" };

const STORED_AS = "exam-system.language";

/** Each namespace of each language is a chunk of its own, fetched when first needed. */
const files = import.meta.glob<Record<string, unknown>>("../../locales/*/*.json", {
  import: "default",
});

const lazyFiles: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, callback) => {
    const load = files[`../../locales/${language}/${namespace}.json`];
    if (load === undefined) {
      callback(new Error(`there are no texts "${namespace}" in ${language}`), false);
      return;
    }
    load().then(
      (texts) => callback(null, texts),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), true),
    );
  },
};

function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language === value);
}

/** What the person chose, else what the browser prefers, else English. */
function firstLanguage(): Language {
  const stored = readStored();
  if (isLanguage(stored)) return stored;
  const chinese = navigator.languages
    .find((tag) => /^(zh|en)\b/i.test(tag))
    ?.toLowerCase()
    .startsWith("zh");
  return chinese === true ? "zh-CN" : "en";
}

function readStored(): string | null {
  try {
    return localStorage.getItem(STORED_AS);
  } catch {
    return null; // storage is forbidden: the choice lasts as long as the page
  }
}

function reflect(language: string) {
  document.documentElement.lang = language;
}

/** Starts the texts; resolves once the common ones are there. */
export async function startI18n(language: Language = firstLanguage()): Promise<void> {
  i18next.on("languageChanged", reflect);
  await i18next
    .use(lazyFiles)
    .use(initReactI18next)
    .init({
      lng: language,
      supportedLngs: [...LANGUAGES],
      fallbackLng: false,
      load: "currentOnly",
      ns: ["common"],
      defaultNS: "common",
      // React escapes what it draws.
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
  reflect(language);
}

/** The language in use. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : "en";
}

/** Changes the language here and for the next visit. Stays as it is when the texts can't be fetched (offline). */
export async function chooseLanguage(language: Language): Promise<void> {
  const loaded = i18next.reportNamespaces?.getUsedNamespaces() ?? ["common"];
  await i18next.loadLanguages(language);
  if (!loaded.every((namespace) => i18next.hasResourceBundle(language, namespace))) return;
  await i18next.changeLanguage(language);
  try {
    localStorage.setItem(STORED_AS, language);
  } catch {
    // storage is forbidden: the choice lasts as long as the page
  }
}

/** Makes sure that texts are there before a page needs them. For route loaders. */
export function loadTexts(...namespaces: string[]): Promise<void> {
  return i18next.loadNamespaces(namespaces);
}

/** Fetches the other languages' texts while there is a network, so that a later switch works without one. */
export async function prefetchOtherLanguages(...namespaces: string[]): Promise<void> {
  const wanted = LANGUAGES.flatMap((language) =>
    ["common", ...namespaces].map((namespace) => `../../locales/${language}/${namespace}.json`),
  );
  await Promise.allSettled(wanted.map((path) => files[path]?.()));
}
