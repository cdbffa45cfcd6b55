import { useMemo } from "react";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { clock, timeZones, zoneLabel } from "@/shared/time";
import { NumberField, RadioGroup, Select } from "@/shared/ui";
import { DateTimeField } from "@/shared/ui/dense";
import { type EndRule, inZone, type TimePlan } from "./timePlan";

const END_RULES: readonly EndRule[] = ["full_time", "together", "own"];

/** When a sitting takes place and how long: on clocks of its own zone. */
export function TimeFields({
  plan,
  error,
  opened = false,
  onChange,
}: {
  plan: TimePlan;
  error: Error | null;
  /** Whether the sitting has opened: then its times can only become later or longer. */
  opened?: boolean;
  onChange: (plan: TimePlan) => void;
}) {
  const { t } = useTranslation("sittings");
  const staff = useTranslation("staff");
  const refused = useFieldText();
  const zones = useMemo(() => {
    const known = timeZones();
    const all = known.includes(plan.zone) ? known : [plan.zone, ...known];
    return all.map((zone) => ({ value: zone, label: zoneLabel(zone, clock.now()) }));
  }, [plan.zone]);
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t("form.zone")}
          hint={t("form.zoneHint")}
          value={plan.zone}
          options={zones}
          disabled={opened}
          onChange={(zone) => zone !== "" && onChange(inZone(plan, zone))}
          error={refused(error, "time_zone")}
        />
        <DateTimeField
          label={t("form.opens")}
          zone={plan.zone}
          value={plan.opens}
          onChange={(opens) => onChange({ ...plan, opens })}
          error={refused(error, "opens_at")}
        />
        <NumberField
          label={t("form.duration")}
          unit={t("form.min")}
          notANumber={staff.t("notANumber")}
          value={plan.durationMinutes}
          onChange={(durationMinutes) => onChange({ ...plan, durationMinutes })}
          error={refused(error, "duration_minutes")}
        />
        <NumberField
          label={t("form.entry")}
          hint={t("form.entryHint")}
          unit={t("form.min")}
          notANumber={staff.t("notANumber")}
          value={plan.entryMinutes}
          onChange={(entryMinutes) => onChange({ ...plan, entryMinutes })}
          error={refused(error, "entry_closes_at")}
        />
      </div>
      <RadioGroup
        label={t("form.end")}
        value={plan.endRule}
        onChange={(endRule) => onChange({ ...plan, endRule })}
        options={END_RULES.map((value) => ({
          value,
          label: t(`form.endRules.${value}`),
          hint: t(`form.endHints.${value}`),
        }))}
        error={plan.endRule === "own" ? undefined : refused(error, "window_ends_at")}
      />
      {plan.endRule === "own" && (
        <DateTimeField
          label={t("form.ends")}
          zone={plan.zone}
          value={plan.ends}
          onChange={(ends) => onChange({ ...plan, ends })}
          error={refused(error, "window_ends_at")}
          className="sm:max-w-[calc(50%-0.5rem)]"
        />
      )}
    </div>
  );
}
