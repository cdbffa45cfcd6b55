import { CloudOff, RefreshCw, ShieldAlert, ShieldCheck } from "lucide-react";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { safetyOf } from "../player/safety";
import type { PlayerState } from "../player/state";

const LOOKS = {
  safe: { Icon: ShieldCheck, look: "text-safe" },
  busy: { Icon: RefreshCw, look: "text-muted" },
  warn: { Icon: CloudOff, look: "text-warn" },
  danger: { Icon: ShieldAlert, look: "text-danger" },
} as const;

/** The one honest sentence about the answers. Seen at all times; spoken only when it matters (`Announcements`). */
export function SafetyLine({ state }: { state: PlayerState }) {
  const { t } = useTranslation("attempt");
  const { tone, key, count } = safetyOf(state);
  const { Icon, look } = LOOKS[tone];
  return (
    <p className={cx("flex items-center gap-2 text-sm font-medium", look)}>
      <Icon aria-hidden className="size-4.5 shrink-0" />
      <span>{t(`safety.${key}`, { count })}</span>
    </p>
  );
}
