import type { Incident, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Card, Table } from "@/shared/ui";

/** What happened during the sitting, and what it credited. */
export function IncidentsCard({
  sitting,
  incidents,
}: {
  sitting: Sitting;
  incidents: readonly Incident[];
}) {
  const { t, i18n } = useTranslation("sittings");
  return (
    <Card title={t("incidents.title")}>
      <Table
        caption={t("incidents.title")}
        rows={incidents}
        rowKey={({ id }) => id}
        columns={[
          {
            key: "when",
            header: t("incidents.when"),
            className: "tabular",
            cell: ({ reported_at }) =>
              moment(reported_at, i18n.language, { timeZone: sitting.time_zone }),
          },
          {
            key: "reason",
            header: t("incidents.reason"),
            heading: true,
            className: "wrap-anywhere",
            cell: ({ reason }) => reason,
          },
          {
            key: "room",
            header: t("incidents.room"),
            cell: ({ room }) => room ?? t("incidents.everywhere"),
          },
          {
            key: "minutes",
            header: t("incidents.minutes"),
            numeric: true,
            cell: ({ minutes }) => minutes,
          },
          {
            key: "attempts",
            header: t("incidents.attempts"),
            numeric: true,
            cell: ({ attempts }) => attempts,
          },
        ]}
      />
    </Card>
  );
}
