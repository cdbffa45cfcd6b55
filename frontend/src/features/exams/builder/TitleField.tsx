import { useTranslation } from "@/shared/i18n";
import { TextField } from "@/shared/ui";

const TITLE_CHARS_MAX = 300;

/** What the exam is called; candidates see it. */
export function TitleField({
  value,
  onChange,
}: {
  value: string;
  onChange: (title: string) => void;
}) {
  const { t } = useTranslation("exams");
  return (
    <TextField
      label={t("title")}
      hint={t("titleHint")}
      value={value}
      maxLength={TITLE_CHARS_MAX}
      error={value.trim() === "" && t("titleNeeded")}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
