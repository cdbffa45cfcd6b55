import { Plus } from "lucide-react";
import { useState } from "react";
import type { Role } from "@/shared/api";
import type { RoleInUnit } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { Button, FieldError, Select } from "@/shared/ui";
import { UnitSelect } from "@/shared/units";
import { ROLES } from "./roles";

/** Chooses a role and where it holds. */
export function RoleAdder({
  given,
  busy = false,
  error,
  onChoose,
  onAdd,
}: {
  given: readonly RoleInUnit[];
  busy?: boolean;
  error?: string | undefined;
  /** A role is chosen and not given yet; nothing (`""`) once it is given. */
  onChoose?: (role: Role | "") => void;
  onAdd: (role: RoleInUnit) => void;
}) {
  const { t } = useTranslation("people");
  const common = useTranslation("common");
  const [role, setRole] = useState<Role | "">("");
  const [unitId, setUnitId] = useState<string | null>(null);
  const choose = (next: Role | "") => {
    setRole(next);
    onChoose?.(next);
  };
  const has = given.some((one) => one.role === role && (one.unit_id ?? null) === unitId);
  return (
    <fieldset className="rounded-md bg-sunken p-3">
      <legend className="sr-only">{t("addRole")}</legend>
      <div className="grid items-end gap-3 sm:grid-cols-[1fr_1.5fr_auto]">
        <Select
          label={t("role")}
          value={role}
          placeholder={t("chooseRole")}
          options={ROLES.map((value) => ({ value, label: common.t(`roles.${value}`) }))}
          onChange={choose}
        />
        <UnitSelect label={t("roleWhere")} value={unitId} onChange={setUnitId} />
        <Button
          icon={<Plus aria-hidden />}
          disabled={role === "" || has}
          busy={busy}
          onClick={() => {
            if (role === "") return;
            onAdd({ role, unit_id: unitId });
            choose("");
          }}
        >
          {t("give")}
        </Button>
      </div>
      <p className="mt-2 text-sm text-muted">
        {role === "" ? t("roleHint") : t(`roleMeans.${role}`)}
      </p>
      <FieldError>{error ?? (has ? t("hasRole") : undefined)}</FieldError>
    </fieldset>
  );
}
