import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { RosterEntry } from "@/shared/api/types-officer";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { Button, Checkbox, Dialog, ErrorNote, NumberField, toast } from "@/shared/ui";
import { setAccommodation } from "./api/changeRoster";

/** Sets a candidate's extra time by accommodation: in per cent of the working time, in minutes, or both. */
export function AccommodationDialog({
  sittingId,
  entry,
  onDone,
  onClose,
}: {
  sittingId: string;
  entry: RosterEntry;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("roster");
  const common = useTranslation("common");
  const staff = useTranslation("staff");
  const refused = useFieldText();
  const form = useId();
  const [percent, setPercent] = useState<number | null>(entry.extra_percent);
  const [minutes, setMinutes] = useState<number | null>(entry.extra_minutes);
  const [standing, setStanding] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      setAccommodation(sittingId, entry.attempt_id, {
        extra_percent: percent ?? 0,
        extra_minutes: minutes ?? 0,
        standing,
      }),
    onSuccess: () => {
      toast(t("accommodation.done", { name: entry.candidate_name }));
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // What is no number stays in its field, marked: the number that stood there before must not be sent for it.
    if (save.error === null && event.currentTarget.querySelector("[aria-invalid]")) return;
    save.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(wanted) => !wanted && onClose()}
      title={t("accommodation.title", { name: entry.candidate_name })}
      description={t("accommodation.lead")}
      actions={
        <>
          <Button onClick={onClose}>{common.t("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={save.isPending}>
            {common.t("save")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={submit}
        onChange={() => save.reset()}
        noValidate
        className="mt-4 flex flex-col gap-4"
      >
        {save.error && <ErrorNote error={save.error} />}
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            label={t("accommodation.percent")}
            unit="%"
            notANumber={staff.t("notANumber")}
            value={percent}
            onChange={setPercent}
            error={refused(save.error, "extra_percent")}
          />
          <NumberField
            label={t("accommodation.minutes")}
            unit={t("accommodation.min")}
            notANumber={staff.t("notANumber")}
            value={minutes}
            onChange={setMinutes}
            error={refused(save.error, "extra_minutes")}
          />
        </div>
        <Checkbox
          label={t("accommodation.standing")}
          hint={t("accommodation.standingHint")}
          checked={standing}
          onChange={setStanding}
        />
      </form>
    </Dialog>
  );
}
