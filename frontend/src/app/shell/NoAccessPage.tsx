import { Link } from "@tanstack/react-router";
import { DoorClosed } from "lucide-react";
import { useTranslation } from "@/shared/i18n";
import { buttonClass, EmptyState } from "@/shared/ui";
import { PlainPage } from "./PlainPage";

export function NoAccessPage() {
  const { t } = useTranslation("common");
  return (
    <PlainPage>
      <h1 tabIndex={-1} className="sr-only">
        {t("shell.noAccess")}
      </h1>
      <EmptyState
        icon={<DoorClosed />}
        title={t("shell.noAccess")}
        action={
          <Link to="/" className={buttonClass("primary")}>
            {t("notFound.home")}
          </Link>
        }
      >
        {t("shell.noAccessLead")}
      </EmptyState>
    </PlainPage>
  );
}
