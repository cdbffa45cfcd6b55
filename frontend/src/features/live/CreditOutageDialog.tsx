import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Outage, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { inWords } from "@/shared/time";
import { toast } from "@/shared/ui";
import { ReasonDialog } from "@/shared/ui/dense";
import { creditOutage } from "./api/incidents";

/** Gives the time of an outage back, to the second, that the sitting doesn't give back by itself. */
export function CreditOutageDialog({
  sitting,
  outage,
  onClose,
}: {
  sitting: Sitting;
  outage: Outage;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation("live");
  const queries = useQueryClient();
  const credit = useMutation({
    mutationFn: (reason: string) => creditOutage(sitting.id, outage.id, reason),
    onSuccess: async ({ attempts }) => {
      toast(t("time.done", { count: attempts }));
      await queries.invalidateQueries({ queryKey: ["sittings"] });
      onClose();
    },
  });
  const time = inWords(outage.seconds * 1_000, i18n.language);
  return (
    <ReasonDialog
      title={t("outage.creditTitle", { time })}
      description={t("outage.creditLead")}
      confirm={t("outage.creditConfirm", { time })}
      busy={credit.isPending}
      error={credit.error}
      onConfirm={(reason) => credit.mutate(reason)}
      onClose={onClose}
    />
  );
}
