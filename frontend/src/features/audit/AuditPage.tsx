import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
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
import { auditQuery, namesQuery, PARTS, type Part } from "./listAudit";
import { useActText } from "./useActText";

/** What was done in a part of the system, by whom, when: readable, narrowed by words and by kind of act. */
export function AuditPage() {
  const { t, i18n } = useTranslation("audit");
  const act = useActText();
  const [words, setWords] = useState("");
  const [kind, setKind] = useState("");
  const [part, setPart] = useState<Part>("auth");
  const query = useInfiniteQuery(auditQuery(part));
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const names = useQuery(namesQuery(peopleIn(all)));
  const kinds = [...new Set(all.map(({ action }) => action))]
    .map((action) => ({ value: action, label: act(action) }))
    .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  const wanted = words.trim().toLowerCase();
  const who = ({ actor_id, actor_kind }: AuditEntry) => {
    if (actor_id === null) return t(actor_kind === "anonymous" ? "anonymous" : "system");
    const unnamed = actor_kind === "ticket" ? t("candidate") : t("gone");
    return names.data?.get(actor_id) ?? (names.isPending ? "…" : unnamed);
  };
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
      <div className="mb-4 grid gap-3 sm:grid-cols-[1fr_minmax(12rem,2fr)_1fr]">
        <Select
          label={t("part")}
          labelHidden
          value={part}
          options={PARTS.map((value) => ({ value, label: t(`parts.${value}`) }))}
          onChange={(value) => {
            if (value === "") return;
            setPart(value);
            setKind("");
          }}
        />
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
      {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data && (
        <>
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

/** Who acted, each once, in an order that doesn't depend on how much was loaded. */
function peopleIn(entries: readonly AuditEntry[]): string[] {
  return [...new Set(entries.flatMap(({ actor_id }) => actor_id ?? []))].sort();
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
