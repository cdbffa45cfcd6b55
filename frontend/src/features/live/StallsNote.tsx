import { useQuery } from "@tanstack/react-query";
import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { inWords, moment } from "@/shared/time";
import { listStalls } from "./api/help";
import type { WatchedRow } from "./triage";

/** The newest stalls that are shown; older ones are counted. */
const SHOWN = 3;

/** When the candidate's device reached no server, by its own word: evidence, and nothing that gives time by itself. */
export function StallsNote({ sitting, row }: { sitting: Sitting; row: WatchedRow }) {
  const { t, i18n } = useTranslation("live");
  const stalls = useQuery({
    queryKey: ["sittings", "stalls", sitting.id, row.attempt_id],
    queryFn: () => listStalls(sitting.id, row.attempt_id),
  }).data;
  if (stalls === undefined || stalls.length === 0) return null;
  const at = (instant: string) =>
    moment(instant, i18n.language, { timeZone: sitting.time_zone, style: "seconds" });
  const older = stalls.length - SHOWN;
  return (
    <section aria-label={t("stalls.title")} className="rounded-md border border-line p-3">
      <h3 className="font-semibold">{t("stalls.title")}</h3>
      <ul className="tabular mt-1">
        {stalls.slice(-SHOWN).map(({ from, until }) => (
          <li key={from}>
            {t("stalls.one", {
              from: at(from),
              until: at(until),
              time: inWords(Date.parse(until) - Date.parse(from), i18n.language),
            })}
          </li>
        ))}
      </ul>
      {older > 0 && <p className="text-muted">{t("stalls.older", { count: older })}</p>}
      <p className="text-muted mt-1">{t("stalls.lead")}</p>
    </section>
  );
}
