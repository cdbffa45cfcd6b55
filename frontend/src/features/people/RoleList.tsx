import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import type { RoleInUnit } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { IconButton } from "@/shared/ui";
import { unitPathName, unitsQuery } from "@/shared/units";

/** The roles of a person, each with the unit in which it holds. */
export function RoleList<R extends RoleInUnit & { unit_name?: string | null }>({
  roles,
  empty,
  busy = false,
  onRemove,
}: {
  roles: readonly R[];
  empty: string;
  busy?: boolean;
  onRemove?: (role: R) => void;
}) {
  const { t } = useTranslation("people");
  const common = useTranslation("common");
  const staff = useTranslation("staff");
  const units = useQuery(unitsQuery());
  const where = (role: R) =>
    role.unit_id == null
      ? staff.t("wholeInstitution")
      : (unitPathName(units.data ?? [], role.unit_id) ?? role.unit_name ?? role.unit_id);
  if (roles.length === 0) return <p className="text-muted">{empty}</p>;
  return (
    <ul className="flex flex-col divide-y divide-line">
      {roles.map((role) => (
        <li
          key={`${role.role} ${role.unit_id}`}
          className="flex items-center justify-between gap-3 py-1.5"
        >
          <span className="min-w-0">
            <span className="font-medium">{common.t(`roles.${role.role}`)}</span>
            <span className="ms-2 text-muted">{where(role)}</span>
          </span>
          {onRemove && (
            <IconButton
              size="sm"
              icon={<X aria-hidden />}
              label={t("removeRole", { role: common.t(`roles.${role.role}`), unit: where(role) })}
              busy={busy}
              onClick={() => onRemove(role)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
