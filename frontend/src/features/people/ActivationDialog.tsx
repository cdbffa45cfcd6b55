import type { ActivationCode } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Banner, Button, Dialog } from "@/shared/ui";
import { Secret } from "@/shared/ui/dense";

/** Shows the code with which a person chooses a password. It exists nowhere else, so the dialog says so. */
export function ActivationDialog({
  name,
  username,
  activation,
  onClose,
}: {
  name: string;
  username: string;
  activation: ActivationCode;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation("people");
  return (
    <Dialog
      open
      onOpenChange={(wanted) => !wanted && onClose()}
      title={t("activation.title", { name })}
      description={t("activation.lead", { username })}
      actions={
        <Button look="primary" onClick={onClose}>
          {t("activation.done")}
        </Button>
      }
    >
      <div className="mt-4 flex flex-col gap-4">
        <Secret label={t("activation.code")} value={activation.code} />
        <p className="text-muted">
          {t("activation.expires", { when: moment(activation.expires_at, i18n.language) })}
        </p>
        <Banner tone="warn" live={false}>
          {t("activation.once")}
        </Banner>
      </div>
    </Dialog>
  );
}
