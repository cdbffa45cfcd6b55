import { getRouteApi, Link, Outlet } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useTranslation } from "@/shared/i18n";
import { buttonClass } from "@/shared/ui";
import { homeOf } from "../../guards";
import { CandidateShell } from "../../shell/CandidateShell";
import { StaffShell } from "../../shell/StaffShell";

const route = getRouteApi("/messages");

export function MessagesFrame() {
  const { t } = useTranslation("common");
  const { account } = route.useRouteContext();
  if (homeOf(account) !== "/my") return <StaffShell />;
  return (
    <CandidateShell>
      <Link to="/my" className={`${buttonClass("quiet", "sm")} mb-4 -ms-3`}>
        <ArrowLeft aria-hidden />
        {t("shell.my")}
      </Link>
      <Outlet />
    </CandidateShell>
  );
}
