import { useTranslation } from "@/shared/i18n";
import { inWords, moment } from "@/shared/time";
import type { Moments } from "./timePlan";

/** A sitting's times on a line, in words: what candidates will meet. */
export function TimeSummary({
  moments,
  zone,
  durationMinutes,
}: {
  moments: Moments;
  zone: string;
  durationMinutes: number;
}) {
  const { t, i18n } = useTranslation("sittings");
  const sameDay =
    moment(moments.opens, i18n.language, { timeZone: zone, style: "date" }) ===
    moment(moments.windowEnds, i18n.language, { timeZone: zone, style: "date" });
  const at = (instant: number) =>
    moment(instant, i18n.language, { timeZone: zone, style: sameDay ? "time" : "full" });
  const working = durationMinutes * 60_000;
  const lastStarter = Math.min(working, moments.windowEnds - moments.entryCloses);
  const steps = [
    { at: moments.opens, what: t("timeline.opens") },
    { at: moments.entryCloses, what: t("timeline.entryCloses") },
    { at: moments.windowEnds, what: t("timeline.ends") },
  ];
  return (
    <div className="rounded-lg border border-line bg-ground p-4">
      <p className="mb-3 font-medium">
        {moment(moments.opens, i18n.language, { timeZone: zone, style: "date" })}
        {" · "}
        {t("timeline.workingTime", { time: inWords(working, i18n.language) })}
      </p>
      <ol className="grid gap-3 border-s-2 border-accent ps-4 sm:grid-cols-3 sm:border-s-0 sm:border-t-2 sm:ps-0 sm:pt-3">
        {steps.map((step) => (
          <li key={step.what}>
            <span className="tabular block text-lg font-semibold">{at(step.at)}</span>
            <span className="text-sm text-muted">{step.what}</span>
          </li>
        ))}
      </ol>
      {lastStarter < working && lastStarter >= 0 && (
        <p className="mt-3 text-sm text-muted">
          {t("timeline.lateHasLess", { time: inWords(lastStarter, i18n.language) })}
        </p>
      )}
    </div>
  );
}
