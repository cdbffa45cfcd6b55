import { useMutation, useQuery } from "@tanstack/react-query";
import { useMay } from "@/shared/api/permissions";
import type { LateEntry, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { inWords, moment } from "@/shared/time";
import { Badge, Banner, Button, Dialog, ErrorNote, Loading, Table, toast } from "@/shared/ui";
import { ReasonDialog } from "@/shared/ui/dense";
import { admitLateEntries, listLateEntries } from "./api/help";
import type { WatchedRow } from "./triage";

/** Answers that came after the end, or went back where there is no way back, and the decision to let them count. */
export function LateEntriesDialog({
  sitting,
  row,
  onDone,
  onClose,
}: {
  sitting: Sitting;
  row: WatchedRow;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("live");
  const may = useMay();
  const entries = useQuery({
    queryKey: ["sittings", "late", sitting.id, row.attempt_id],
    queryFn: () => listLateEntries(sitting.id, row.attempt_id),
  });
  const admit = useMutation({
    mutationFn: (reason: string) => admitLateEntries(sitting.id, row.attempt_id, reason),
    onSuccess: ({ admitted }) => {
      toast(t("late.done", { count: admitted }));
      onDone();
    },
  });
  const waiting = entries.data?.filter(({ admitted_at }) => admitted_at === null) ?? [];
  const list = (
    <>
      {entries.error && <ErrorNote error={entries.error} onRetry={() => void entries.refetch()} />}
      {entries.isPending && <Loading />}
      {entries.data && <LateEntriesTable sitting={sitting} entries={entries.data} />}
    </>
  );
  if (!may("releaseResults") || (entries.data && waiting.length === 0))
    return (
      <Dialog
        open
        onOpenChange={(wanted) => !wanted && onClose()}
        title={t("late.title", { name: row.candidate_name })}
        description={t("late.lead")}
        width="lg"
        actions={<Button onClick={onClose}>{t("late.close")}</Button>}
      >
        <div className="mt-4 flex flex-col gap-3">
          {list}
          {!may("releaseResults") && <Banner live={false}>{t("late.officerDecides")}</Banner>}
        </div>
      </Dialog>
    );
  return (
    <ReasonDialog
      title={t("late.title", { name: row.candidate_name })}
      description={t("late.lead")}
      confirm={t("late.admit", { count: waiting.length })}
      busy={admit.isPending}
      error={admit.error}
      ready={waiting.length > 0}
      onConfirm={(reason) => admit.mutate(reason)}
      onClose={onClose}
    >
      {list}
    </ReasonDialog>
  );
}

function LateEntriesTable({
  sitting,
  entries,
}: {
  sitting: Sitting;
  entries: readonly LateEntry[];
}) {
  const { t, i18n } = useTranslation("live");
  return (
    <Table
      caption={t("late.entries")}
      rows={entries}
      rowKey={(entry) => `${entry.lease_no} ${entry.seq}`}
      columns={[
        {
          key: "question",
          header: t("late.question"),
          numeric: true,
          cell: (entry) => entry.number ?? "–",
        },
        {
          key: "received",
          header: t("late.received"),
          cell: (entry) => (
            <span className="tabular">
              {moment(entry.received_at, i18n.language, {
                timeZone: sitting.time_zone,
                style: "time",
              })}
            </span>
          ),
        },
        ...(entries.some(({ by_file }) => by_file)
          ? [
              {
                key: "written",
                header: t("late.written"),
                cell: (entry: LateEntry) => (
                  <span className="tabular">
                    {!entry.by_file
                      ? "–"
                      : entry.written_at === null
                        ? t("late.byFile")
                        : moment(entry.written_at, i18n.language, {
                            timeZone: sitting.time_zone,
                            style: "seconds",
                          })}
                  </span>
                ),
              },
            ]
          : []),
        {
          key: "by",
          header: t("late.by"),
          cell: (entry) =>
            entry.reason === "passed_over"
              ? t("late.wentBack")
              : entry.late_by_seconds === null
                ? "–"
                : inWords(entry.late_by_seconds * 1_000, i18n.language),
        },
        {
          key: "state",
          header: t("late.state"),
          cell: (entry) =>
            entry.admitted_at === null ? (
              <Badge tone="warn">{t("late.waits")}</Badge>
            ) : (
              <Badge tone="safe">{t("late.admitted")}</Badge>
            ),
        },
      ]}
    />
  );
}
