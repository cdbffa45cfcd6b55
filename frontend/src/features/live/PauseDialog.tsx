import { useMutation } from "@tanstack/react-query";
import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { toast } from "@/shared/ui";
import { ConfirmDialog, ReasonDialog } from "@/shared/ui/dense";
import { pauseAttempt, pauseSitting, resumeAttempt, resumeSitting } from "./api/pause";
import type { WatchedRow } from "./triage";

interface Ways {
  sitting: Sitting;
  /** Whose clock; null for the whole sitting. */
  row: WatchedRow | null;
  onDone: () => void;
  onClose: () => void;
}

/** Stops the clock of one attempt, or of the whole sitting; asks why. */
export function PauseDialog({ sitting, row, onDone, onClose }: Ways) {
  const { t } = useTranslation("live");
  const pause = useMutation({
    mutationFn: async (reason: string) => {
      await (row === null
        ? pauseSitting(sitting.id, reason)
        : pauseAttempt(sitting.id, row.attempt_id, reason));
    },
    onSuccess: () => {
      toast(row === null ? t("pause.doneAll") : t("pause.done", { name: row.candidate_name }));
      onDone();
    },
  });
  return (
    <ReasonDialog
      title={row === null ? t("pause.titleAll") : t("pause.title", { name: row.candidate_name })}
      description={row === null ? t("pause.leadAll") : t("pause.lead")}
      confirm={t("pause.confirm")}
      busy={pause.isPending}
      error={pause.error}
      onConfirm={(reason) => pause.mutate(reason)}
      onClose={onClose}
    />
  );
}

/** Lets the clock of one attempt, or of the whole sitting, run again. */
export function ResumeDialog({ sitting, row, onDone, onClose }: Ways) {
  const { t } = useTranslation("live");
  const resume = useMutation({
    mutationFn: async () => {
      await (row === null ? resumeSitting(sitting.id) : resumeAttempt(sitting.id, row.attempt_id));
    },
    onSuccess: () => {
      toast(row === null ? t("resume.doneAll") : t("resume.done", { name: row.candidate_name }));
      onDone();
    },
  });
  return (
    <ConfirmDialog
      title={row === null ? t("resume.titleAll") : t("resume.title", { name: row.candidate_name })}
      description={row === null ? t("resume.leadAll") : t("resume.lead")}
      confirm={t("resume.confirm")}
      busy={resume.isPending}
      error={resume.error}
      onConfirm={() => resume.mutate()}
      onClose={onClose}
    />
  );
}
