import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useFieldText } from "../api/useFieldText";
import { useTranslation } from "../i18n";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { ErrorNote } from "./ErrorNote";
import { TextArea } from "./TextField";

/** What a reason may be long, in characters; the server's bound. */
const REASON_CHARS_MAX = 500;

/**
 * Asks for a reason before something is done that stays on record. Drawn while `open`, so that each opening begins
 * empty. `children` stands between the description and the reason.
 */
export function ReasonDialog({
  title,
  description,
  confirm,
  danger = false,
  optional = false,
  busy,
  error,
  ready = true,
  onConfirm,
  onClose,
  children,
}: {
  title: ReactNode;
  description?: ReactNode;
  /** What the button says: the act itself. */
  confirm: string;
  danger?: boolean;
  /** Whether it may be done without a reason. */
  optional?: boolean;
  busy: boolean;
  error: Error | null;
  /** Whether what stands in `children` is complete. */
  ready?: boolean;
  onConfirm: (reason: string) => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { t } = useTranslation("staff");
  const common = useTranslation("common");
  const form = useId();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const missing = !optional && reason.trim() === "";
  const refused = useFieldText()(error, "reason");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!missing && ready) onConfirm(reason.trim());
  };
  return (
    <Dialog
      open
      onOpenChange={(wanted) => !wanted && !busy && onClose()}
      title={title}
      {...(description !== undefined && { description })}
      actions={
        <>
          <Button onClick={onClose}>{common.t("cancel")}</Button>
          <Button look={danger ? "danger" : "primary"} type="submit" form={form} busy={busy}>
            {confirm}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="mt-4 flex flex-col gap-4">
        {error && refused === undefined && <ErrorNote error={error} />}
        {children}
        <TextArea
          label={t("reason")}
          hint={t("reasonHint")}
          rows={2}
          maxLength={REASON_CHARS_MAX}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          error={refused ?? (tried && missing ? t("reasonMissing") : undefined)}
        />
      </form>
    </Dialog>
  );
}
