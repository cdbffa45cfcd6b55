import type { Sitting } from "@/shared/api/types-officer";
import { currentLanguage } from "@/shared/i18n";
import { deviceZone, moment, zoneLabel, zoneOffsetMinutes } from "@/shared/time";

/** When a sitting opens, on clocks where it takes place; with the zone's name where that isn't this device's. */
export function WhenText({ sitting }: { sitting: Sitting }) {
  const language = currentLanguage();
  const at = Date.parse(sitting.opens_at);
  const elsewhere =
    zoneOffsetMinutes(at, sitting.time_zone) !== zoneOffsetMinutes(at, deviceZone());
  return (
    <>
      <time dateTime={sitting.opens_at} className="tabular whitespace-nowrap">
        {moment(at, language, { timeZone: sitting.time_zone })}
      </time>
      {elsewhere && (
        <span className="block text-sm whitespace-nowrap text-muted">
          {zoneLabel(sitting.time_zone, at)}
        </span>
      )}
    </>
  );
}
