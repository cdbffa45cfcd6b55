import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Upload, UserPlus, UsersRound } from "lucide-react";
import { useState } from "react";
import type { Role } from "@/shared/api";
import type { AccountSummary } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { useSettled } from "@/shared/lib/useSettled";
import {
  buttonClass,
  EmptyState,
  ErrorNote,
  Loading,
  PageHeader,
  SearchField,
  Select,
  Table,
} from "@/shared/ui";
import { MoreRows } from "@/shared/ui/dense";
import { UnitSelect } from "@/shared/units";
import { accountsQuery } from "./api/listAccounts";
import { ROLES } from "./roles";
import { StatusBadge } from "./StatusBadge";

/** Everybody who has an account: found by words, role and unit. */
export function AccountsPage() {
  const { t } = useTranslation("people");
  const common = useTranslation("common");
  const [words, setWords] = useState("");
  const [role, setRole] = useState<Role | "">("");
  const [unitId, setUnitId] = useState<string | null>(null);
  const filter = { words: useSettled(words.trim()), role: role === "" ? null : role, unitId };
  const accounts = useInfiniteQuery({
    ...accountsQuery(filter),
    placeholderData: (before) => before,
  });
  const rows = accounts.data?.pages.flatMap((page) => page.items) ?? [];
  const narrowed = filter.words !== "" || filter.role !== null || unitId !== null;
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <>
            <Link to="/admin/import" className={buttonClass("secondary")}>
              <Upload aria-hidden />
              {t("import")}
            </Link>
            <Link to="/admin/users/new" className={buttonClass("primary")}>
              <UserPlus aria-hidden />
              {t("new")}
            </Link>
          </>
        }
      />
      <div className="mb-4 grid gap-3 sm:grid-cols-[minmax(12rem,2fr)_1fr_1fr]">
        <SearchField label={t("search")} value={words} onChange={setWords} />
        <Select
          label={t("role")}
          labelHidden
          value={role}
          placeholder={t("anyRole")}
          options={ROLES.map((value) => ({ value, label: common.t(`roles.${value}`) }))}
          onChange={setRole}
        />
        <UnitSelect
          label={t("unit")}
          labelHidden
          value={unitId}
          any={t("anyUnit")}
          onChange={setUnitId}
        />
      </div>
      {accounts.error && (
        <ErrorNote error={accounts.error} onRetry={() => void accounts.refetch()} />
      )}
      {accounts.isPending && <Loading />}
      {accounts.data && (
        <>
          <Table
            caption={t("title")}
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              {
                key: "name",
                header: t("name"),
                heading: true,
                cell: (row: AccountSummary) => (
                  <Link
                    to="/admin/users/$accountId"
                    params={{ accountId: row.id }}
                    className="text-accent underline-offset-4 hover:underline"
                  >
                    {row.display_name}
                  </Link>
                ),
              },
              { key: "username", header: t("username"), cell: (row) => row.username },
              { key: "number", header: t("number"), cell: (row) => row.number, wideOnly: true },
              { key: "email", header: t("email"), cell: (row) => row.email, wideOnly: true },
              {
                key: "status",
                header: t("status"),
                cell: (row) => <StatusBadge status={row.status} />,
              },
            ]}
            empty={
              <EmptyState
                icon={<UsersRound />}
                title={narrowed ? t("nobodyFound") : t("nobodyYet")}
                action={
                  !narrowed && (
                    <Link to="/admin/users/new" className={buttonClass("primary")}>
                      {t("new")}
                    </Link>
                  )
                }
              >
                {narrowed ? t("nobodyFoundLead") : t("nobodyYetLead")}
              </EmptyState>
            }
          />
          {rows.length > 0 && (
            <MoreRows
              shown={rows.length}
              more={accounts.hasNextPage}
              busy={accounts.isFetchingNextPage}
              onMore={() => void accounts.fetchNextPage()}
            />
          )}
        </>
      )}
    </>
  );
}
