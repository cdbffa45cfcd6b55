import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "@/shared/i18n";
import { Select } from "@/shared/ui";
import { termsQuery } from "./api/units";

/** The term in which a unit runs, or none. */
export function TermSelect({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  const { t } = useTranslation("units");
  const terms = useQuery(termsQuery()).data ?? [];
  return (
    <Select
      label={t("term")}
      value={value ?? ""}
      placeholder={t("noTerm")}
      options={terms.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(next) => onChange(next === "" ? null : next)}
    />
  );
}
