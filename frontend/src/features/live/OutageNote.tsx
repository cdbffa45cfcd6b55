import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { outagesQuery } from "@/shared/api/listOutages";
import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { inWords, moment, useNow } from "@/shared/time";
import { Banner, Button } from "@/shared/ui";
import { CreditOutageDialog } from "./CreditOutageDialog";

/** An outage that ended longer ago than this is found on the sitting's page alone. */
const SHOWN_FOR_MS = 60 * 60_000;

/** The last outage, and whether somebody has to do something about it. */
export function OutageNote({ sitting }: { sitting: Sitting }) {
  const { t, i18n } = useTranslation("live");
  const [read, setRead] = useState<string | null>(null);
  const [isGiving, setGiving] = useState(false);
  const now = useNow(30_000);
  const outage = useQuery(outagesQuery(sitting.id)).data?.[0];
  if (outage === undefined || outage.decision === null || outage.id === read) return null;
  if (now - Date.parse(outage.until) > SHOWN_FOR_MS) return null;
  const at = (instant: string) =>
    moment(instant, i18n.language, { timeZone: sitting.time_zone, style: "seconds" });
  const said = {
    from: at(outage.from),
    until: at(outage.until),
    time: inWords(outage.seconds * 1_000, i18n.language),
  };
  const credited = outage.decision === "credited";
  return (
    <Banner
      tone={credited ? "info" : "warn"}
      title={
        credited
          ? t("outage.credited", { ...said, count: outage.attempts })
          : t("outage.not_credited", said)
      }
      actions={
        <>
          {!credited && (
            <Button size="sm" look="primary" onClick={() => setGiving(true)}>
              {t("outage.give")}
            </Button>
          )}
          <Button size="sm" onClick={() => setRead(outage.id)}>
            {t("outage.gotIt")}
          </Button>
        </>
      }
    >
      {outage.decision === "credited"
        ? t("outage.creditedLead", said)
        : t(`outage.${outage.decision}`, said)}
      {isGiving && (
        <CreditOutageDialog sitting={sitting} outage={outage} onClose={() => setGiving(false)} />
      )}
    </Banner>
  );
}
