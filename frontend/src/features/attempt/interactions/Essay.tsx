import { useId } from "react";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { controlClass } from "@/shared/ui";
import { countWords } from "./countWords";
import type { InteractionProps } from "./types";

/** From this share of the allowed characters on, what is left is shown. */
const CHARS_WARN_FROM = 0.9;

export function Essay({
  interaction,
  response,
  onChange,
  onSettle,
  askedBy,
}: InteractionProps<"essay">) {
  const { t } = useTranslation("attempt");
  const hint = useId();
  const { words_max: wordsMax, chars_max: charsMax } = interaction;
  const { text } = response;
  const words = countWords(text);
  const tooMany = wordsMax !== null && words > wordsMax;
  return (
    <div className="flex flex-col gap-1.5">
      <textarea
        aria-labelledby={askedBy}
        aria-describedby={hint}
        aria-invalid={tooMany || undefined}
        placeholder={t("yourAnswer")}
        maxLength={charsMax}
        rows={14}
        value={text}
        onChange={(event) => onChange({ type: "essay", text: event.target.value })}
        onBlur={onSettle}
        spellCheck={false}
        className={cx(
          controlClass,
          "field-sizing-content min-h-72 resize-y px-4 py-3 leading-[1.7]",
        )}
      />
      <p
        id={hint}
        className={cx(
          "flex flex-wrap justify-between gap-x-6 text-sm",
          tooMany ? "font-medium text-danger" : "text-muted",
        )}
      >
        <span>
          {wordsMax === null
            ? t("essay.words", { count: words })
            : tooMany
              ? t("essay.tooMany", { count: words - wordsMax, max: wordsMax })
              : t("essay.wordsOf", { count: words, max: wordsMax })}
        </span>
        {text.length >= charsMax * CHARS_WARN_FROM && (
          <span>{t("essay.charsLeft", { count: charsMax - text.length })}</span>
        )}
      </p>
    </div>
  );
}
