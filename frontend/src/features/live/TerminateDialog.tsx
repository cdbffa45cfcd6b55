import { useMutation } from "@tanstack/react-query";
import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { toast } from "@/shared/ui";
import { ReasonDialog } from "@/shared/ui/dense";
import { terminateAttempt } from "./api/help";
import type { WatchedRow } from "./triage";

/** Ends an attempt; says what follows from it and asks why. */
export function TerminateDialog({
  sitting,
  row,
  onDone,
  onClose,
}: {
  sitting: Sitting;
  row: WatchedRow;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("live");
  const terminate = useMutation({
    mutationFn: (reason: string) => terminateAttempt(sitting.id, row.attempt_id, reason),
    onSuccess: () => {
      toast(t("terminate.done", { name: row.candidate_name }));
      onDone();
    },
  });
  return (
    <ReasonDialog
      title={t("terminate.title", { name: row.candidate_name })}
      description={t("terminate.lead")}
      confirm={t("terminate.confirm")}
      danger
      busy={terminate.isPending}
      error={terminate.error}
      onConfirm={(reason) => terminate.mutate(reason)}
      onClose={onClose}
    />
  );
}
