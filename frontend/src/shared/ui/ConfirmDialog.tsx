import type { ReactNode } from "react";
import { useTranslation } from "../i18n";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { ErrorNote } from "./ErrorNote";

/** Asks once more before something is done, and says what follows from it. */
export function ConfirmDialog({
  title,
  description,
  confirm,
  danger = false,
  busy,
  error,
  onConfirm,
  onClose,
  children,
}: {
  title: ReactNode;
  description: ReactNode;
  confirm: string;
  danger?: boolean;
  busy: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation("common");
  return (
    <Dialog
      open
      onOpenChange={(wanted) => !wanted && !busy && onClose()}
      title={title}
      description={description}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look={danger ? "danger" : "primary"} busy={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {(error || children) && (
        <div className="mt-4 flex flex-col gap-4">
          {error && <ErrorNote error={error} />}
          {children}
        </div>
      )}
    </Dialog>
  );
}
