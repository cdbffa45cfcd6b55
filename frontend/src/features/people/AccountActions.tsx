import { useMutation, useQueryClient } from "@tanstack/react-query";
import { KeyRound, LockOpen, MoreHorizontal, UserRoundCheck, UserRoundX } from "lucide-react";
import { useState } from "react";
import { useProblemText } from "@/shared/api";
import type { AccountDetails, ActivationCode } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { Button, IconButton, Menu, MenuItem, toast } from "@/shared/ui";
import { ConfirmDialog } from "@/shared/ui/dense";
import { ActivationDialog } from "./ActivationDialog";
import { accountQuery } from "./api/getAccount";
import { resetPassword } from "./api/resetPassword";
import { setDisabled } from "./api/setDisabled";
import { unlockAccount } from "./api/unlockAccount";
import { useIsMe } from "./useIsMe";

/** What an administrator does to an account as a whole. */
export function AccountActions({ account }: { account: AccountDetails }) {
  const { t } = useTranslation("people");
  const problem = useProblemText();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<"reset" | "disable" | null>(null);
  const [code, setCode] = useState<ActivationCode | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ["accounts"] });
  const disable = useMutation({
    mutationFn: (disabled: boolean) => setDisabled(account.id, disabled),
    onSuccess: (saved) => {
      queries.setQueryData(accountQuery(account.id).queryKey, saved);
      void refresh();
      setAsking(null);
      toast(saved.status === "disabled" ? t("disabledDone") : t("enabledDone"));
    },
  });
  const reset = useMutation({
    mutationFn: () => resetPassword(account.id),
    onSuccess: (activation) => {
      void refresh();
      setAsking(null);
      setCode(activation);
    },
  });
  const unlock = useMutation({
    mutationFn: () => unlockAccount(account.id),
    onSuccess: () => toast(t("unlocked")),
    onError: (error) => toast(problem(error), "danger"),
  });
  const disabled = account.status === "disabled";
  // Nobody locks themselves out: the server refuses both for one's own account.
  const mine = useIsMe(account.id);
  const close = () => {
    disable.reset();
    reset.reset();
    setAsking(null);
  };
  return (
    <>
      {!disabled && !mine && (
        <Button icon={<KeyRound aria-hidden />} onClick={() => setAsking("reset")}>
          {account.status === "invited" ? t("newCode") : t("reset")}
        </Button>
      )}
      {disabled && (
        <Button
          look="primary"
          icon={<UserRoundCheck aria-hidden />}
          busy={disable.isPending}
          onClick={() =>
            disable.mutate(false, { onError: (error) => toast(problem(error), "danger") })
          }
        >
          {t("enable")}
        </Button>
      )}
      <Menu
        label={t("more")}
        trigger={
          <IconButton look="secondary" label={t("more")} icon={<MoreHorizontal aria-hidden />} />
        }
      >
        <MenuItem icon={<LockOpen aria-hidden />} onSelect={() => unlock.mutate()}>
          {t("unlock")}
        </MenuItem>
        {!disabled && !mine && (
          <MenuItem danger icon={<UserRoundX aria-hidden />} onSelect={() => setAsking("disable")}>
            {t("disable")}
          </MenuItem>
        )}
      </Menu>
      {asking === "disable" && (
        <ConfirmDialog
          title={t("disableTitle", { name: account.display_name })}
          description={t("disableLead")}
          confirm={t("disable")}
          danger
          busy={disable.isPending}
          error={disable.error}
          onConfirm={() => disable.mutate(true)}
          onClose={close}
        />
      )}
      {asking === "reset" && (
        <ConfirmDialog
          title={t("resetTitle", { name: account.display_name })}
          description={account.status === "invited" ? t("newCodeLead") : t("resetLead")}
          confirm={account.status === "invited" ? t("newCode") : t("reset")}
          busy={reset.isPending}
          error={reset.error}
          onConfirm={() => reset.mutate()}
          onClose={close}
        />
      )}
      {code && (
        <ActivationDialog
          name={account.display_name}
          username={account.username}
          activation={code}
          onClose={() => setCode(null)}
        />
      )}
    </>
  );
}
