import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { RadioGroup } from "@/shared/ui";

export type Takeover = Sitting["takeover"];

/** Who decides that a running attempt moves to another device. */
export function TakeoverField({
  value,
  onChange,
}: {
  value: Takeover;
  onChange: (value: Takeover) => void;
}) {
  const { t } = useTranslation("sittings");
  return (
    <RadioGroup<Takeover>
      label={t("form.takeover")}
      value={value}
      onChange={onChange}
      options={[
        {
          value: "candidate",
          label: t("takeover.candidate"),
          hint: t("takeover.candidateHint"),
        },
        {
          value: "invigilator",
          label: t("takeover.invigilator"),
          hint: t("takeover.invigilatorHint"),
        },
      ]}
    />
  );
}
