import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useState } from "react";
import type { AuditEntry } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { moment } from "@/shared/time";
import { type Column, EmptyState, ErrorNote, Loading, PageHeader, Table } from "@/shared/ui";
import { MoreRows } from "@/shared/ui/dense";
import { Filters, isNarrowed, type Look } from "./Filters";
import { auditQuery } from "./listAudit";
import { useActText } from "./useActText";
import { useNarrow } from "./useNarrow";
import { type Said, useRecordText } from "./useRecordText";

/** A record as it is read. */
interface Line {
  entry: AuditEntry;
  actor: string;
  what: string;
  said: readonly Said[];
}

/** What was done in a part of the system, by whom, when: readable, narrowed by words and by kind of act. */
export function AuditPage() {
  const { t, i18n } = useTranslation("audit");
  const act = useActText();
  const narrow = useNarrow();
  const [look, setLook] = useState<Look>({ part: "auth", words: "", kind: "" });
  const query = useInfiniteQuery(auditQuery(look.part));
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const { who, said } = useRecordText(all);
  const kinds = [...new Set(all.map(({ action }) => action))]
    .map((action) => ({ value: action, label: act(action) }))
    .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  const wanted = look.words.trim().toLowerCase();
  const rows = all
    .filter(({ action }) => look.kind === "" || action === look.kind)
    .map((entry) => ({ entry, actor: who(entry), what: act(entry.action), said: said(entry) }))
    .filter(({ entry, actor, what, said }) =>
      // What is read and what stands behind it: an id is looked for, too.
      [actor, what, ...said.map(({ name, value }) => `${name} ${value}`)]
        .concat(entry.action, entry.subject_id, entry.detail)
        .join(" ")
        .toLowerCase()
        .includes(wanted),
    );
  const when = ({ entry }: Line) => (
    <time dateTime={entry.at} className="tabular whitespace-nowrap">
      {moment(entry.at, i18n.language)}
    </time>
  );
  const columns = {
    at: { key: "at", header: t("when"), cell: when },
    who: { key: "who", header: t("who"), className: "min-w-36", cell: ({ actor }) => actor },
    what: {
      key: "what",
      header: t("what"),
      heading: true,
      className: "min-w-40",
      cell: ({ what }) => what,
    },
    detail: {
      key: "detail",
      header: t("detail"),
      className: "w-full min-w-56",
      cell: ({ said }) => <Detail said={said} />,
    },
    sealed: {
      key: "sealed",
      header: t("sealed"),
      numeric: true,
      className: "whitespace-nowrap",
      cell: ({ entry }) =>
        entry.seq === null ? (
          <span className="text-muted">{t("notYet")}</span>
        ) : (
          t("sealNo", { number: entry.seq })
        ),
    },
    all: {
      key: "all",
      header: t("what"),
      cell: (line) => (
        <>
          <p className="font-medium">{line.what}</p>
          <p className="text-sm text-muted">
            {line.actor} · {when(line)}
          </p>
          <Detail said={line.said} />
        </>
      ),
    },
  } satisfies Record<string, Column<Line>>;
  const untouched = all.length === 0 && !query.hasNextPage && !isNarrowed(look);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Filters look={look} kinds={kinds} onChange={setLook} />
      {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data && (
        <>
          <Table
            caption={t("title")}
            rows={rows}
            rowKey={({ entry }) => entry.id}
            columns={
              narrow
                ? [columns.all]
                : [columns.at, columns.who, columns.what, columns.detail, columns.sealed]
            }
            empty={
              untouched ? (
                <EmptyState icon={<ScrollText />} title={t("none")}>
                  {t("noneLead")}
                </EmptyState>
              ) : (
                <EmptyState icon={<ScrollText />} title={t("noneFound")}>
                  {query.hasNextPage ? t("noneFoundMore") : t("noneFoundLead")}
                </EmptyState>
              )
            }
          />
          {(rows.length > 0 || query.hasNextPage) && (
            <MoreRows
              shown={rows.length}
              counted={t(query.hasNextPage ? "shownMore" : "shown", { count: rows.length })}
              more={query.hasNextPage}
              busy={query.isFetchingNextPage}
              onMore={() => void query.fetchNextPage()}
            />
          )}
        </>
      )}
    </>
  );
}

function Detail({ said }: { said: readonly Said[] }) {
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
      {said.map(({ name, value, id }) => (
        <div key={`${name} ${value}`} className="flex min-w-0 gap-1.5">
          {name !== "" && <dt className="shrink-0 text-muted">{name}</dt>}
          <dd
            className={cx("min-w-0 wrap-anywhere", id && "font-mono text-xs leading-5 text-muted")}
          >
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
