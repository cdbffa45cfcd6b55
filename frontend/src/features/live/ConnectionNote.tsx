import { Radio, RefreshCw } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "@/shared/i18n";
import { inWords } from "@/shared/time";

/** Whether the list follows by itself, and how old it is. */
export function ConnectionNote({
  connected,
  updatedAt,
}: {
  connected: boolean;
  /** When the list was last heard, by the device's own clock. */
  updatedAt: number;
}) {
  const { t, i18n } = useTranslation("live");
  const STEP_MS = 5_000;
  const age = useSyncExternalStore(
    (changed) => {
      const timer = setInterval(changed, 1_000);
      return () => clearInterval(timer);
    },
    () => Math.floor(Math.max(0, Date.now() - updatedAt) / STEP_MS) * STEP_MS,
  );
  const Icon = connected ? Radio : RefreshCw;
  return (
    <span className="inline-flex items-center gap-1.5 text-sm text-muted">
      <Icon aria-hidden className={connected ? "size-4 text-safe" : "size-4"} />
      {age < 2 * STEP_MS
        ? connected
          ? t("follows")
          : t("polls")
        : t("age", { time: inWords(age, i18n.language) })}
    </span>
  );
}
