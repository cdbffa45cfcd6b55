import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "../i18n";
import { Select } from "../ui";
import { unitsQuery } from "./listUnits";
import { flatTree, unitTree } from "./tree";

/** Four spaces that a list's entry doesn't swallow. */
const INDENT = "\u2003";

/** One of the units, or the whole institution (null). */
export function UnitSelect({
  label,
  labelHidden,
  hint,
  error,
  value,
  onChange,
  any,
  className,
}: {
  label: ReactNode;
  labelHidden?: boolean;
  hint?: ReactNode;
  error?: ReactNode;
  value: string | null;
  onChange: (value: string | null) => void;
  /** What null stands for, where it isn't the whole institution. */
  any?: string;
  className?: string;
}) {
  const { t, i18n } = useTranslation("staff");
  const units = useQuery(unitsQuery());
  const options = flatTree(unitTree(units.data ?? [], i18n.language)).map(({ unit, depth }) => ({
    value: unit.id,
    label: `${INDENT.repeat(depth)}${unit.name}`,
  }));
  return (
    <Select
      {...{ label, hint, error, className }}
      labelHidden={labelHidden ?? false}
      value={value ?? ""}
      placeholder={any ?? t("wholeInstitution")}
      options={options}
      onChange={(next) => onChange(next === "" ? null : next)}
    />
  );
}
