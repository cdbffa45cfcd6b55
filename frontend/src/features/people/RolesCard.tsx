import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { AccountDetails, RoleInUnit } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { Card, ErrorNote, toast } from "@/shared/ui";
import { grantRole, revokeRole } from "./api/changeRoles";
import { accountQuery } from "./api/getAccount";
import { RoleAdder } from "./RoleAdder";
import { RoleList } from "./RoleList";

/** What a person may do, and in which units. */
export function RolesCard({ account }: { account: AccountDetails }) {
  const { t } = useTranslation("people");
  const queries = useQueryClient();
  const done = (saved: AccountDetails) => {
    queries.setQueryData(accountQuery(account.id).queryKey, saved);
    void queries.invalidateQueries({ queryKey: ["accounts", "list"] });
    toast(t("rolesChanged"));
  };
  const grant = useMutation({
    mutationFn: (role: RoleInUnit) => grantRole(account.id, role),
    onSuccess: done,
  });
  const revoke = useMutation({
    mutationFn: (role: RoleInUnit) => revokeRole(account.id, role),
    onSuccess: done,
  });
  const error = revoke.error ?? grant.error;
  return (
    <Card title={t("roles")}>
      {error && (
        <div className="mb-3">
          <ErrorNote error={error} />
        </div>
      )}
      <RoleList
        roles={account.roles}
        empty={t("noRoles")}
        busy={revoke.isPending}
        onRemove={({ role, unit_id }) => revoke.mutate({ role, unit_id })}
      />
      <div className="mt-4">
        <RoleAdder
          given={account.roles}
          busy={grant.isPending}
          onAdd={(role) => grant.mutate(role)}
        />
      </div>
    </Card>
  );
}
