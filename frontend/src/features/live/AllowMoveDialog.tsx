import { useMutation } from "@tanstack/react-query";
import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { toast } from "@/shared/ui";
import { ConfirmDialog } from "@/shared/ui/dense";
import { allowMove } from "./api/help";
import type { WatchedRow } from "./triage";

/** Lets an attempt move to another device; whoever waits for it there goes on by themselves. */
export function AllowMoveDialog({
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
  const allow = useMutation({
    mutationFn: () => allowMove(sitting.id, row.attempt_id),
    onSuccess: () => {
      toast(t("move.done", { name: row.candidate_name }));
      onDone();
    },
  });
  return (
    <ConfirmDialog
      title={t("move.title", { name: row.candidate_name })}
      description={row.move_asked_at === null ? t("move.leadFirst") : t("move.lead")}
      confirm={t("move.confirm")}
      busy={allow.isPending}
      error={allow.error}
      onConfirm={() => allow.mutate()}
      onClose={onClose}
    />
  );
}
