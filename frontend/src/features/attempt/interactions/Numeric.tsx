import { useTranslation } from "@/shared/i18n";
import { controlClass, Select } from "@/shared/ui";
import type { InteractionProps } from "./types";

/** Longest number that is taken; the server allows no more. */
const NUMBER_CHARS_MAX = 100;

export function Numeric({
  interaction,
  response,
  onChange,
  onSettle,
  askedBy,
}: InteractionProps<"numeric">) {
  const { t } = useTranslation("attempt");
  return (
    <div
      role="group"
      aria-labelledby={askedBy}
      className="flex max-w-md flex-wrap items-start gap-3"
    >
      <input
        type="text"
        // Not type=number: it drops what it can't read, and rounds; the candidate's own text is kept.
        inputMode="decimal"
        aria-label={t("numeric.number")}
        placeholder={t("numeric.number")}
        maxLength={NUMBER_CHARS_MAX}
        value={response.text}
        onChange={(event) => onChange({ ...response, text: event.target.value })}
        onBlur={onSettle}
        autoComplete="off"
        spellCheck={false}
        className={`${controlClass} tabular min-w-40 flex-1`}
      />
      {interaction.units.length > 0 && (
        <Select
          label={t("numeric.unit")}
          labelHidden
          placeholder={t("numeric.chooseUnit")}
          value={response.unit ?? ""}
          options={interaction.units.map((unit) => ({ value: unit, label: unit }))}
          onChange={(unit) => onChange({ ...response, unit: unit === "" ? null : unit })}
          className="w-40"
        />
      )}
    </div>
  );
}
