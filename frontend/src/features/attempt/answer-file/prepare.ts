import { loadTexts } from "@/shared/i18n";

type Code = typeof import("./AnswerFileDialog");

let code: Code | null = null;

/** Fetches what an answer file needs, libraries, screen and texts, while there is a network: later there is none. */
export async function prepareAnswerFile(): Promise<void> {
  try {
    const [loaded] = await Promise.all([import("./AnswerFileDialog"), loadTexts("answer-file")]);
    code = loaded;
  } catch {
    // tried again at the next reason to
  }
}

/** What was fetched; null while it wasn't. */
export const preparedAnswerFile = (): Code | null => code;
