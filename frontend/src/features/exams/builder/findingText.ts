import type { ExamFinding } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";

/** The sentence for a finding about an exam: the server's own in English, ours by its code in other languages. */
export function useExamFindingText(): (finding: Pick<ExamFinding, "code" | "message">) => string {
  const { t, i18n } = useTranslation("exams");
  return ({ code, message }) => {
    if (i18n.language === "en" && message !== "") return message;
    const name = code
      .replace(/^\w+\./, "")
      .replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const key = `findings.${name}`;
    if (!i18n.exists(key)) return message;
    const [first = "", second = ""] = message.match(/\d+/g) ?? [];
    return t(key as "findings.noSections", { first, second });
  };
}
