import type { Ref } from "react";
import { currentLanguage, useTranslation } from "../i18n";
import { cx } from "../lib/cx";
import { deviceZone, instantOf, moment, zoneOffsetMinutes } from "../time";
import { controlClass, Field, type FieldProps } from "./Field";

/**
 * A date and time as clocks in `zone` show it. Below it stands the weekday, and the time on this device's clock where
 * that is another one.
 */
export function DateTimeField({
  value,
  onChange,
  zone,
  hint,
  error,
  ref,
  ...field
}: FieldProps & {
  /** `2026-11-23T09:00`; empty while it isn't whole. */
  value: string;
  onChange: (value: string) => void;
  zone: string;
  ref?: Ref<HTMLInputElement>;
}) {
  const { t } = useTranslation("staff");
  const at = instantOf(value, zone);
  const own = deviceZone();
  const elsewhere = at !== null && zoneOffsetMinutes(at, own) !== zoneOffsetMinutes(at, zone);
  const language = currentLanguage();
  const weekday =
    at === null
      ? null
      : new Intl.DateTimeFormat(language, { timeZone: zone, weekday: "long" }).format(at);
  const read = at !== null && (
    <>
      {weekday}
      {elsewhere && (
        <>
          {" · "}
          {t("yourTime", { time: moment(at, language, { timeZone: own }) })}
        </>
      )}
    </>
  );
  return (
    <Field
      {...field}
      hint={hint ?? (read || undefined)}
      error={error ?? (value !== "" && at === null ? t("skippedTime") : undefined)}
    >
      {(ties) => (
        <input
          {...ties}
          ref={ref}
          type="datetime-local"
          step={60}
          value={value}
          onChange={(event) => onChange(event.target.value.slice(0, 16))}
          className={cx(controlClass, "tabular")}
        />
      )}
    </Field>
  );
}
