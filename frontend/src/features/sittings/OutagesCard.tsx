import type { Outage, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { inWords, moment } from "@/shared/time";
import { Card, Table } from "@/shared/ui";

/** When no answer could be taken in, as the server measured it, and whether the time was given back. */
export function OutagesCard({
  sitting,
  outages,
}: {
  sitting: Sitting;
  outages: readonly Outage[];
}) {
  const { t, i18n } = useTranslation("sittings");
  const at = (instant: string, style: "date" | "seconds") =>
    moment(instant, i18n.language, { timeZone: sitting.time_zone, style });
  return (
    <Card title={t("outages.title")}>
      <p className="mb-3 text-sm text-muted">{t("outages.lead")}</p>
      <Table
        caption={t("outages.title")}
        rows={outages}
        rowKey={({ id }) => id}
        columns={[
          {
            key: "from",
            header: t("outages.from"),
            heading: true,
            className: "tabular",
            cell: ({ from }) => `${at(from, "date")} ${at(from, "seconds")}`,
          },
          {
            key: "until",
            header: t("outages.until"),
            className: "tabular",
            cell: ({ until }) => at(until, "seconds"),
          },
          {
            key: "long",
            header: t("outages.long"),
            className: "tabular",
            cell: ({ seconds }) => inWords(seconds * 1_000, i18n.language),
          },
          {
            key: "decision",
            header: t("outages.decision"),
            cell: ({ decision }) => t(`outages.${decision ?? "open"}`),
          },
          {
            key: "attempts",
            header: t("outages.attempts"),
            numeric: true,
            cell: ({ attempts }) => attempts,
          },
        ]}
      />
    </Card>
  );
}
