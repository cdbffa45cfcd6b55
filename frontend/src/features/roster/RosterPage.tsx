import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Printer, Upload, UserPlus, UsersRound } from "lucide-react";
import { useState } from "react";
import { useMay } from "@/shared/api/permissions";
import type { AdmissionSlip, RosterEntry, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { useSettled } from "@/shared/lib/useSettled";
import {
  Button,
  buttonClass,
  Dialog,
  EmptyState,
  ErrorNote,
  Loading,
  SearchField,
  Table,
} from "@/shared/ui";
import { ConfirmDialog, MoreRows, Secret } from "@/shared/ui/dense";
import { AccommodationDialog } from "./AccommodationDialog";
import { AddPeopleDialog } from "./AddPeopleDialog";
import { issueCodeFor } from "./api/issueCodes";
import { rosterQuery } from "./api/listRoster";
import { EntryBadge } from "./EntryBadge";
import { type EntryAct, EntryMenu } from "./EntryMenu";
import { ExtraTimeText } from "./ExtraTimeText";
import { StatusDialog } from "./StatusDialog";

/** Who sits: each candidate's place, extra time and admission. */
export function RosterPage({ sitting }: { sitting: Sitting }) {
  const { t } = useTranslation("roster");
  const may = useMay();
  const queries = useQueryClient();
  const [words, setWords] = useState("");
  const [adding, setAdding] = useState(false);
  const [acting, setActing] = useState<{ entry: RosterEntry; act: EntryAct } | null>(null);
  const [slip, setSlip] = useState<AdmissionSlip | null>(null);
  const search = useSettled(words.trim());
  const roster = useInfiniteQuery({
    ...rosterQuery(sitting.id, search),
    placeholderData: (before) => before,
  });
  const code = useMutation({
    mutationFn: (entry: RosterEntry) => issueCodeFor(sitting.id, entry.candidate_id),
    onSuccess: ({ issued }) => {
      setActing(null);
      setSlip(issued[0] ?? null);
    },
  });
  const rows = roster.data?.pages.flatMap((page) => page.items) ?? [];
  const manages = may("manageSittings") && sitting.cancelled_at === null;
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: ["sittings"] });
    setActing(null);
  };
  const params = { sittingId: sitting.id };
  const ways = manages && (
    <>
      <Link
        to="/officer/sittings/$sittingId/roster/import"
        params={params}
        className={buttonClass(rows.length === 0 ? "primary" : "secondary")}
      >
        <Upload aria-hidden />
        {t("import")}
      </Link>
      <Button icon={<UserPlus aria-hidden />} onClick={() => setAdding(true)}>
        {t("add")}
      </Button>
    </>
  );
  return (
    <>
      {(rows.length > 0 || search !== "") && (
        <div className="mb-4 flex flex-wrap items-center gap-3">
          <SearchField
            label={t("search")}
            value={words}
            onChange={setWords}
            className="min-w-56 flex-1 sm:max-w-md"
          />
          <span className="hidden flex-1 sm:block" />
          {ways}
          {manages && (
            <Link
              to="/officer/sittings/$sittingId/codes"
              params={params}
              className={buttonClass("secondary")}
            >
              <Printer aria-hidden />
              {t("codes")}
            </Link>
          )}
        </div>
      )}
      {roster.error && <ErrorNote error={roster.error} onRetry={() => void roster.refetch()} />}
      {roster.isPending && <Loading />}
      {roster.data && (
        <>
          <Table
            caption={t("title")}
            rows={rows}
            rowKey={(row) => row.attempt_id}
            columns={[
              {
                key: "number",
                header: t("number"),
                className: "tabular",
                cell: (row) => row.candidate_number,
              },
              {
                key: "name",
                header: t("name"),
                heading: true,
                cell: (row) => row.candidate_name,
              },
              {
                key: "room",
                header: t("room"),
                wideOnly: true,
                cell: (row) => row.room || <span className="text-muted">–</span>,
              },
              {
                key: "status",
                header: t("status"),
                cell: (row) => <EntryBadge entry={row} />,
              },
              {
                key: "extra",
                header: t("extra"),
                cell: (row) => <ExtraTimeText entry={row} />,
              },
              {
                key: "form",
                header: t("form"),
                numeric: true,
                wideOnly: true,
                cell: (row) => row.form_no,
              },
              ...(manages
                ? [
                    {
                      key: "acts",
                      atHand: true,
                      header: <span className="sr-only">{t("acts")}</span>,
                      numeric: true,
                      cell: (row: RosterEntry) => (
                        <EntryMenu entry={row} onAct={(act) => setActing({ entry: row, act })} />
                      ),
                    },
                  ]
                : []),
            ]}
            empty={
              search === "" ? (
                <EmptyState icon={<UsersRound />} title={t("empty")} action={ways}>
                  {manages ? t("emptyLead") : t("emptyLeadOthers")}
                </EmptyState>
              ) : (
                <EmptyState icon={<UsersRound />} title={t("noneFound")}>
                  {t("noneFoundLead")}
                </EmptyState>
              )
            }
          />
          {rows.length > 0 && (
            <MoreRows
              shown={rows.length}
              more={roster.hasNextPage}
              busy={roster.isFetchingNextPage}
              onMore={() => void roster.fetchNextPage()}
            />
          )}
        </>
      )}
      {adding && (
        <AddPeopleDialog
          sittingId={sitting.id}
          listed={new Set(rows.map((row) => row.candidate_id))}
          onDone={() => {
            setAdding(false);
            refresh();
          }}
          onClose={() => setAdding(false)}
        />
      )}
      {acting?.act === "code" && (
        <ConfirmDialog
          title={t("newCode.ask", { name: acting.entry.candidate_name })}
          description={t("newCode.askLead")}
          confirm={t("newCode.make")}
          busy={code.isPending}
          error={code.error}
          onConfirm={() => code.mutate(acting.entry)}
          onClose={() => {
            code.reset();
            setActing(null);
          }}
        />
      )}
      {acting?.act === "accommodation" && (
        <AccommodationDialog
          sittingId={sitting.id}
          entry={acting.entry}
          onDone={refresh}
          onClose={() => setActing(null)}
        />
      )}
      {acting &&
        (acting.act === "expected" || acting.act === "deferred" || acting.act === "withdrawn") && (
          <StatusDialog
            sittingId={sitting.id}
            entry={acting.entry}
            status={acting.act}
            onDone={refresh}
            onClose={() => setActing(null)}
          />
        )}
      {slip && (
        <Dialog
          open
          onOpenChange={(wanted) => !wanted && setSlip(null)}
          title={t("newCode.title", { name: slip.candidate_name })}
          description={t("newCode.lead")}
          actions={
            <Button look="primary" onClick={() => setSlip(null)}>
              {t("newCode.done")}
            </Button>
          }
        >
          <div className="mt-4">
            <Secret label={t("newCode.label")} value={slip.code} />
          </div>
        </Dialog>
      )}
    </>
  );
}
