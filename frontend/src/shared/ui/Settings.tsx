import { Languages, SunMoon } from "lucide-react";
import type { ReactNode } from "react";
import {
  chooseLanguage,
  currentLanguage,
  LANGUAGE_NAMES,
  LANGUAGES,
  useTranslation,
} from "../i18n";
import { setPreferences, THEMES, usePreferences } from "./preferences";

/** The language of the page. */
export function LanguageMenu() {
  const { t } = useTranslation("common");
  return (
    <QuietSelect
      label={t("language")}
      icon={<Languages aria-hidden />}
      value={currentLanguage()}
      options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
      onChange={(language) => void chooseLanguage(language)}
    />
  );
}

/** Light, dark or as the system has it. */
export function ThemeMenu() {
  const { t } = useTranslation("common");
  const { theme } = usePreferences();
  return (
    <QuietSelect
      label={t("theme.label")}
      icon={<SunMoon aria-hidden />}
      value={theme}
      options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
      onChange={(next) => setPreferences({ theme: next })}
    />
  );
}

/** The browser's own select drawn as a quiet button: small enough for the first page that anybody loads. */
function QuietSelect<V extends string>({
  label,
  icon,
  value,
  options,
  onChange,
}: {
  label: string;
  icon: ReactNode;
  value: V;
  options: readonly { value: V; label: string }[];
  onChange: (value: V) => void;
}) {
  return (
    <span className="relative inline-flex items-center text-accent [&_svg]:pointer-events-none [&_svg]:absolute [&_svg]:start-2.5 [&_svg]:size-5">
      {icon}
      <select
        aria-label={label}
        title={label}
        value={value}
        onChange={(event) => {
          const option = options.find((candidate) => candidate.value === event.target.value);
          if (option) onChange(option.value);
        }}
        className="min-h-10 appearance-none rounded-md bg-transparent ps-9 pe-2.5 font-medium hover:bg-accent-soft max-sm:w-10 max-sm:pe-0 max-sm:text-transparent [&>option]:bg-surface [&>option]:text-ink"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}
