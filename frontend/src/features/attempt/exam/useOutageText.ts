import type { Attempt } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";

type Outage = NonNullable<Attempt["credits"][number]["outage"]>;

/** When the server took no answers, in words: outages may be shorter than a minute. */
export function useOutageText({ time_zone }: Attempt) {
  const { t, i18n } = useTranslation("attempt");
  const at = (instant: string) =>
    moment(instant, i18n.language, { timeZone: time_zone, style: "seconds" });
  return (key: "notice.becauseOutage" | "yourTime.outage", { from, until }: Outage) =>
    t(key, { from: at(from), until: at(until) });
}
