import { Clock } from "lucide-react";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { clockFace, useNow } from "@/shared/time";
import { announce, usePreferences } from "@/shared/ui";
import { timeSentence } from "./timeSentence";

/** From here on the clock is shown even to those who have hidden it, and stands out a little. */
export const LAST_MINUTES_MS = 5 * 60_000;

/** The time that is left. It isn't read out as it runs; whoever wants to hear it presses it. */
export function TimeLeft({
  deadline,
  moved,
  sectionEnd,
}: {
  deadline: string;
  moved: boolean;
  sectionEnd: number | null;
}) {
  const { t, i18n } = useTranslation("attempt");
  const { clock: wanted } = usePreferences();
  const now = useNow();
  const left = Date.parse(deadline) - now;
  const sectionLeft = sectionEnd === null ? null : sectionEnd - now;
  const last = Math.min(left, sectionLeft ?? left) <= LAST_MINUTES_MS;
  return (
    <div role="timer" aria-live="off" aria-label={t("time.label")} className="shrink-0">
      <button
        type="button"
        title={t("time.ask")}
        onClick={() => announce(timeSentence(t, i18n.language, deadline))}
        className={cx(
          "flex min-h-10 items-center gap-2 rounded-md border px-3 transition-colors",
          moved
            ? "border-safe bg-safe-soft text-safe"
            : last
              ? "border-warn bg-warn-soft text-warn"
              : "border-transparent bg-sunken text-ink",
        )}
      >
        <Clock aria-hidden className="size-4.5" />
        <span className="sr-only">{t("time.ask")}</span>
        <span aria-hidden="true" className="tabular text-lg font-semibold">
          {wanted === "hidden" && !last ? t("time.hidden") : clockFace(left)}
        </span>
        {sectionLeft !== null && (
          <span aria-hidden="true" className="tabular border-s border-current ps-2 text-sm">
            {t("time.section", { time: clockFace(sectionLeft) })}
          </span>
        )}
      </button>
    </div>
  );
}
