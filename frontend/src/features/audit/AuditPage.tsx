import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useState } from "react";
import type { AuditEntry } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import {
  EmptyState,
  ErrorNote,
  Loading,
  PageHeader,
  SearchField,
  Select,
  Table,
} from "@/shared/ui";
import { MoreRows } from "@/shared/ui/dense";
import { detailOf } from "./detail";
import { auditQuery } from "./listAudit";
import { useActText } from "./useActText";

/** What was done, by whom, when: readable, narrowed by words and by kind of act. */
export function AuditPage() {
  const { t, i18n } = useTranslation("audit");
  const act = useActText();
  const [words, setWords] = useState("");
  const [kind, setKind] = useState("");
  const query = useInfiniteQuery(auditQuery());
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const kinds = [...new Set(all.map(({ action }) => action))]
    .map((action) => ({ value: action, label: act(action) }))
    .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  const wanted = words.trim().toLowerCase();
  const who = (entry: AuditEntry) =>
    entry.actor_name ?? (entry.actor_id === null ? t("system") : t("gone"));
  const rows = all.filter(
    (entry) =>
      (kind === "" || entry.action === kind) &&
      [who(entry), act(entry.action), entry.action, entry.subject_id, entry.detail]
        .join(" ")
        .toLowerCase()
        .includes(wanted),
  );
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data && (
        <>
          <div className="mb-4 grid gap-3 sm:grid-cols-[minmax(12rem,2fr)_1fr]">
            <SearchField label={t("search")} value={words} onChange={setWords} />
            <Select
              label={t("kind")}
              labelHidden
              value={kind}
              placeholder={t("anyKind")}
              options={kinds}
              onChange={setKind}
            />
          </div>
          <Table
            caption={t("title")}
            rows={rows}
            rowKey={(entry) => entry.id}
            columns={[
              {
                key: "at",
                header: t("when"),
                cell: (entry) => (
                  <time dateTime={entry.at} className="tabular whitespace-nowrap">
                    {moment(entry.at, i18n.language)}
                  </time>
                ),
              },
              { key: "who", header: t("who"), cell: who, className: "min-w-28" },
              {
                key: "what",
                header: t("what"),
                heading: true,
                className: "min-w-48",
                cell: (entry) => act(entry.action),
              },
              {
                key: "detail",
                header: t("detail"),
                className: "min-w-64",
                cell: (entry) => <Detail entry={entry} />,
              },
              {
                key: "sealed",
                header: t("sealed"),
                wideOnly: true,
                numeric: true,
                cell: (entry) =>
                  entry.seq === null ? (
                    <span className="text-muted">{t("notYet")}</span>
                  ) : (
                    t("sealNo", { number: entry.seq })
                  ),
              },
            ]}
            empty={
              <EmptyState icon={<ScrollText />} title={t("noneFound")}>
                {query.hasNextPage ? t("noneFoundMore") : t("noneFoundLead")}
              </EmptyState>
            }
          />
          <MoreRows
            shown={rows.length}
            more={query.hasNextPage}
            busy={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
          />
        </>
      )}
    </>
  );
}

function Detail({ entry }: { entry: AuditEntry }) {
  const { t, i18n } = useTranslation("audit");
  const name = (key: string) =>
    // Names are the server's to choose: the texts know some of them, so this one key is checked when it is used.
    i18n.exists(`names.${key}`) ? t(`names.${key}` as "names.role") : key;
  return (
    <dl className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
      {detailOf(entry.detail).map((one) => (
        <div key={one.name} className="flex min-w-0 gap-1.5">
          {one.name !== "" && <dt className="text-muted">{name(one.name)}</dt>}
          <dd className="max-w-80 truncate" title={one.value}>
            {one.value}
          </dd>
        </div>
      ))}
      <div className="flex min-w-0 gap-1.5">
        <dt className="text-muted">{name(entry.subject_kind)}</dt>
        <dd className="font-mono text-xs leading-5 text-muted">{entry.subject_id}</dd>
      </div>
    </dl>
  );
}
