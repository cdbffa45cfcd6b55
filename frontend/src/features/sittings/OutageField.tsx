import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { NumberField } from "@/shared/ui";

/** How much of an outage a sitting gives back by itself, in minutes. */
export function OutageField({
  value,
  error,
  onChange,
}: {
  value: number | null;
  error: unknown;
  onChange: (value: number | null) => void;
}) {
  const { t } = useTranslation("sittings");
  const staff = useTranslation("staff");
  const refused = useFieldText();
  return (
    <NumberField
      label={t("form.outage")}
      hint={t("form.outageHint")}
      unit={t("form.min")}
      notANumber={staff.t("notANumber")}
      value={value}
      onChange={onChange}
      error={refused(error, "outage_credit_minutes_max")}
      className="max-w-56"
    />
  );
}
