import type { Translate } from "@/shared/i18n";
import { clock, inWords } from "@/shared/time";

/** What is said to someone who asks for the time. */
export function timeSentence(t: Translate<"attempt">, language: string, deadline: string): string {
  const left = Date.parse(deadline) - clock.now();
  return left <= 0 ? t("time.over") : t("time.left", { time: inWords(left, language) });
}
