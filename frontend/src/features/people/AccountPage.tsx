import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Banner, Card, Crumbs, ErrorNote, Loading, PageHeader } from "@/shared/ui";
import { AccountActions } from "./AccountActions";
import { AccountForm } from "./AccountForm";
import { accountQuery } from "./api/getAccount";
import { RolesCard } from "./RolesCard";
import { SessionsCard } from "./SessionsCard";
import { StatusBadge } from "./StatusBadge";
import { useIsMe } from "./useIsMe";

/** One person's account: who they are, what they may do where, and how they sign in. */
export function AccountPage({ accountId }: { accountId: string }) {
  const { t, i18n } = useTranslation("people");
  const staff = useTranslation("staff");
  const mine = useIsMe(accountId);
  const query = useQuery(accountQuery(accountId));
  const account = query.data;
  if (query.error && account === undefined)
    return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (account === undefined) return <Loading />;
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {account.display_name}
            <StatusBadge status={account.status} />
          </span>
        }
        lead={t("since", {
          username: account.username,
          when: moment(account.created_at, i18n.language, { style: "date" }),
        })}
        crumbs={
          <Crumbs label={staff.t("way")}>
            <Link to="/admin/users">{t("title")}</Link>
          </Crumbs>
        }
        actions={<AccountActions account={account} />}
      />
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <div className="flex flex-col gap-6">
          {mine && (
            <Banner live={false} title={t("ownTitle")}>
              {t("ownLead")}
            </Banner>
          )}
          {account.status === "invited" && (
            <Banner live={false} title={t("invitedTitle")}>
              {t("invitedLead")}
            </Banner>
          )}
          {account.status === "disabled" && (
            <Banner tone="warn" live={false} title={t("disabledTitle")}>
              {t("disabledLead")}
            </Banner>
          )}
          <Card title={t("person")}>
            <AccountForm key={account.updated_at} account={account} />
          </Card>
        </div>
        <div className="flex flex-col gap-6">
          <RolesCard account={account} />
          <SessionsCard account={account} />
        </div>
      </div>
    </>
  );
}
