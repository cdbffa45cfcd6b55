import { useTranslation } from "@/shared/i18n";
import { controlClass } from "@/shared/ui";
import type { InteractionProps } from "./types";

export function ShortText({
  interaction,
  response,
  onChange,
  onSettle,
  askedBy,
}: InteractionProps<"short_text">) {
  const { t } = useTranslation("attempt");
  return (
    <input
      type="text"
      aria-labelledby={askedBy}
      placeholder={t("yourAnswer")}
      maxLength={interaction.chars_max}
      value={response.text}
      onChange={(event) => onChange({ type: "short_text", text: event.target.value })}
      onBlur={onSettle}
      autoComplete="off"
      // Help with spelling is no part of the exam.
      spellCheck={false}
      className={`${controlClass} max-w-2xl`}
    />
  );
}
