import { useMutation } from "@tanstack/react-query";
import type { RosterEntry, RosterStatus } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { toast } from "@/shared/ui";
import { ReasonDialog } from "@/shared/ui/dense";
import { setRosterStatus } from "./api/changeRoster";

/** Says why before a candidate is deferred, withdrawn, or expected again. */
export function StatusDialog({
  sittingId,
  entry,
  status,
  onDone,
  onClose,
}: {
  sittingId: string;
  entry: RosterEntry;
  status: RosterStatus;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("roster");
  const change = useMutation({
    mutationFn: (reason: string) => setRosterStatus(sittingId, entry.attempt_id, status, reason),
    onSuccess: () => {
      toast(t(`statuses.${status}.done`, { name: entry.candidate_name }));
      onDone();
    },
  });
  return (
    <ReasonDialog
      title={t(`statuses.${status}.title`, { name: entry.candidate_name })}
      description={t(`statuses.${status}.lead`)}
      confirm={t(`statuses.${status}.act`)}
      danger={status === "withdrawn"}
      optional={status === "expected"}
      busy={change.isPending}
      error={change.error}
      onConfirm={(reason) => change.mutate(reason)}
      onClose={onClose}
    />
  );
}
