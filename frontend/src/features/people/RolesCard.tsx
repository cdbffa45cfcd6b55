import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AccountDetails, RoleInUnit } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { Card, ErrorNote, toast } from "@/shared/ui";
import { ConfirmDialog } from "@/shared/ui/dense";
import { grantRole, revokeRole } from "./api/changeRoles";
import { accountQuery } from "./api/getAccount";
import { RoleAdder } from "./RoleAdder";
import { RoleList } from "./RoleList";
import { useIsMe } from "./useIsMe";

/** What a person may do, and in which units. */
export function RolesCard({ account }: { account: AccountDetails }) {
  const { t } = useTranslation("people");
  const queries = useQueryClient();
  const mine = useIsMe(account.id);
  /** One's own role as an administrator, while it is asked whether to give it up. */
  const [leaving, setLeaving] = useState<RoleInUnit | null>(null);
  const done = (saved: AccountDetails) => {
    queries.setQueryData(accountQuery(account.id).queryKey, saved);
    void queries.invalidateQueries({ queryKey: ["accounts", "list"] });
    setLeaving(null);
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
  const remove = ({ role, unit_id }: RoleInUnit) => {
    const gone = { role, unit_id: unit_id ?? null };
    grant.reset();
    if (mine && role === "admin") setLeaving(gone);
    else revoke.mutate(gone);
  };
  const error = revoke.error ?? grant.error;
  return (
    <Card title={t("roles")}>
      {error && leaving === null && (
        <div className="mb-3">
          <ErrorNote error={error} />
        </div>
      )}
      <RoleList
        roles={account.roles}
        empty={t("noRoles")}
        busy={revoke.isPending}
        onRemove={remove}
      />
      <div className="mt-4">
        <RoleAdder
          given={account.roles}
          busy={grant.isPending}
          onAdd={(role) => {
            revoke.reset();
            grant.mutate(role);
          }}
        />
      </div>
      {leaving && (
        <ConfirmDialog
          title={t("leaveTitle")}
          description={t("leaveLead")}
          confirm={t("leave")}
          danger
          busy={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate(leaving)}
          onClose={() => {
            revoke.reset();
            setLeaving(null);
          }}
        />
      )}
    </Card>
  );
}
