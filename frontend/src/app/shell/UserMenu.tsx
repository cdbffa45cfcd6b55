import { useNavigate } from "@tanstack/react-router";
import { KeyRound, LogOut, UserRound } from "lucide-react";
import { useState } from "react";
import { ChangePasswordDialog } from "@/features/account/ChangePasswordDialog";
import { signOut } from "@/features/account/signOut";
import type { Account } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Button, Menu, MenuItem, MenuSeparator } from "@/shared/ui";

/** Who is signed in, and what they may do about it. */
export function UserMenu({ account }: { account: Account }) {
  const { t } = useTranslation("common");
  const navigate = useNavigate();
  const [changing, setChanging] = useState(false);
  const roles = [...new Set(account.roles.map(({ role }) => t(`roles.${role}`)))].join(" · ");
  return (
    <>
      <Menu
        label={t("shell.account", { name: account.display_name })}
        trigger={
          <Button
            look="quiet"
            icon={<UserRound aria-hidden />}
            aria-label={t("shell.account", { name: account.display_name })}
          >
            <span className="max-w-40 truncate max-md:hidden">{account.display_name}</span>
          </Button>
        }
      >
        <div className="px-2.5 py-1.5">
          <p className="font-semibold">{account.display_name}</p>
          <p className="max-w-64 text-sm text-muted">{roles}</p>
        </div>
        <MenuSeparator />
        <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => setChanging(true)}>
          {t("shell.changePassword")}
        </MenuItem>
        <MenuItem
          icon={<LogOut aria-hidden />}
          onSelect={() => void signOut().then(() => navigate({ to: "/sign-in" }))}
        >
          {t("shell.signOut")}
        </MenuItem>
      </Menu>
      <ChangePasswordDialog
        open={changing || account.must_change_password}
        required={account.must_change_password}
        onClose={() => setChanging(false)}
      />
    </>
  );
}
