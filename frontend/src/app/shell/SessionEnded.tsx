import { PasswordForm } from "@/features/sign-in/PasswordForm";
import { useSession } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Dialog } from "@/shared/ui";

/** The session ended while someone worked: they sign in again on top of the page, and lose nothing of it. */
export function SessionEnded() {
  const { t } = useTranslation("common");
  const session = useSession();
  return (
    <Dialog
      open={session.state === "signed_out"}
      onOpenChange={() => undefined}
      title={t("shell.sessionEnded")}
      description={t("shell.sessionEndedLead")}
      width="sm"
    >
      <div className="mt-4">
        <PasswordForm onSignedIn={() => undefined} />
      </div>
    </Dialog>
  );
}
