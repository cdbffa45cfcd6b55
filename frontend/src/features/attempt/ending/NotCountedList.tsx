import { Copy } from "lucide-react";
import { useTranslation } from "@/shared/i18n";
import { Badge, Button, toast } from "@/shared/ui";
import type { NotCounted } from "../player/notCounted";

/** Answers that were written here and don't count: readable, and there to be copied. */
export function NotCountedList({ answers }: { answers: readonly NotCounted[] }) {
  const { t } = useTranslation("attempt");
  const copy = async (words: string) => {
    try {
      await navigator.clipboard.writeText(words);
      toast(t("notCounted.copied"));
    } catch {
      // Plain HTTP has no clipboard: the words can be selected, and that is said.
      toast(t("notCounted.cantCopy"), "danger");
    }
  };
  return (
    <ul className="flex flex-col gap-4">
      {answers.map(({ question, number, words }) => {
        const name =
          number === null ? t("notCounted.aQuestion") : t("question.heading", { number });
        return (
          <li key={question} className="flex flex-col gap-2">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-semibold">{name}</span>
              <Badge tone="warn">{t("notCounted.badge")}</Badge>
            </p>
            <p className="max-h-60 overflow-y-auto rounded-md border border-line bg-sunken px-3 py-2 wrap-anywhere whitespace-pre-wrap select-text">
              {words}
            </p>
            <div>
              <Button
                size="sm"
                icon={<Copy aria-hidden />}
                aria-label={t("notCounted.copyOf", { question: name })}
                onClick={() => void copy(words)}
              >
                {t("notCounted.copy")}
              </Button>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
