import type { AccountStatus } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { Badge, type Tone } from "@/shared/ui";

const TONES: Record<AccountStatus, Tone> = { active: "safe", invited: "warn", disabled: "danger" };

/** Whether an account can be used. */
export function StatusBadge({ status }: { status: AccountStatus }) {
  const { t } = useTranslation("people");
  return <Badge tone={TONES[status]}>{t(`statuses.${status}`)}</Badge>;
}
