import type { RosterEntry } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";

/** What a candidate gets on top: by accommodation, and given during the sitting. */
export function ExtraTimeText({ entry }: { entry: RosterEntry }) {
  const { t } = useTranslation("roster");
  const parts = [
    entry.extra_percent > 0 && t("extraPercent", { percent: entry.extra_percent }),
    entry.extra_minutes > 0 && t("extraMinutes", { minutes: entry.extra_minutes }),
    entry.credit_seconds !== 0 && t("credit", { minutes: Math.round(entry.credit_seconds / 60) }),
  ].filter((part) => part !== false);
  return parts.length === 0 ? (
    <span className="text-muted">{t("noExtra")}</span>
  ) : (
    <span className="tabular">{parts.join(" · ")}</span>
  );
}
