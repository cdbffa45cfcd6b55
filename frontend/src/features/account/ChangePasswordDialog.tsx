import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { ApiError, queryClient, renewSession } from "@/shared/api";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { Button, Dialog, ErrorNote, TextField, toast } from "@/shared/ui";
import { changePassword } from "./changePassword";

/** A new password; asked for at the first sign-in with a password that somebody else set. */
export function ChangePasswordDialog({
  open,
  required,
  onClose,
}: {
  open: boolean;
  required: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation("account");
  const form = useId();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const change = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      // Until now the person's token may have carried no roles: what was refused is asked for again.
      void renewSession().then(() => queryClient.invalidateQueries());
      setCurrent("");
      setNext("");
      setAgain("");
      toast(t("changed"));
      onClose();
    },
  });
  const differs = again !== "" && again !== next;
  const fieldText = useFieldText();
  const refused = change.error instanceof ApiError ? change.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!differs && again !== "") change.mutate();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(wanted) => !wanted && !required && onClose()}
      title={t("changeTitle")}
      {...(required && { description: t("required") })}
      width="sm"
      actions={
        <Button look="primary" type="submit" form={form} busy={change.isPending}>
          {t("change")}
        </Button>
      }
    >
      <form id={form} onSubmit={submit} className="mt-3 flex flex-col gap-4">
        {refused && refused.fields.length === 0 && <ErrorNote error={refused} />}
        <TextField
          label={t("current")}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          error={fieldText(change.error, "current_password")}
        />
        <TextField
          label={t("next")}
          hint={t("nextHint")}
          type="password"
          autoComplete="new-password"
          required
          value={next}
          onChange={(event) => setNext(event.target.value)}
          error={fieldText(change.error, "new_password")}
        />
        <TextField
          label={t("again")}
          type="password"
          autoComplete="new-password"
          required
          value={again}
          onChange={(event) => setAgain(event.target.value)}
          error={differs ? t("differs") : undefined}
        />
      </form>
    </Dialog>
  );
}
