import type { FieldFinding } from "../api";
import { useTranslation } from "../i18n";

/** The sentence for a note in a report of an import or export, in the person's language where we have one. */
export function useNoteText(): (note: FieldFinding) => string {
  const { t, i18n } = useTranslation("author");
  return ({ code, message }) => {
    // The server's sentences are English, and name what stands in the file.
    if (i18n.language === "en" && message !== "") return message;
    const key = `notes.${code.replace(/^\w+\./, "").replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
    return i18n.exists(key) ? t(key as "notes.empty") : message;
  };
}
