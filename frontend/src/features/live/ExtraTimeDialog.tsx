import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Sitting } from "@/shared/api/types-officer";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Banner, Button, NumberField, toast } from "@/shared/ui";
import { ProgressBar, ReasonDialog } from "@/shared/ui/dense";
import { giveExtraTime, giveExtraTimeToAll } from "./api/help";
import type { WatchedRow } from "./triage";

const PRESETS = [5, 10, 15, 30] as const;

/** Gives more time to some candidates, or to all of a sitting. */
export function ExtraTimeDialog({
  sitting,
  to,
  onDone,
  onClose,
}: {
  sitting: Sitting;
  /** Whom; null for everybody, also those who start later. */
  to: readonly WatchedRow[] | null;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation("live");
  const staff = useTranslation("staff");
  const refused = useFieldText();
  const [minutes, setMinutes] = useState<number | null>(5);
  const [given, setGiven] = useState(0);
  const give = useMutation({
    mutationFn: async (reason: string) => {
      const amount = minutes ?? 0;
      if (to === null) {
        const { changed, reopened } = await giveExtraTimeToAll(sitting.id, amount, reason);
        return { changed, reopened };
      }
      // One after the other: who got it already keeps it when a later one fails, and isn't given it twice.
      for (const row of to.slice(given)) {
        await giveExtraTime(sitting.id, row.attempt_id, amount, reason);
        setGiven((count) => count + 1);
      }
      return { changed: to.length, reopened: 0 };
    },
    onSuccess: ({ changed, reopened }) => {
      toast(
        reopened > 0
          ? t("time.doneReopened", { count: changed, reopened })
          : t("time.done", { count: changed }),
      );
      onDone();
    },
  });
  const one = to !== null && to.length === 1 ? to[0] : undefined;
  const deadline = one?.deadline ?? null;
  return (
    <ReasonDialog
      title={
        to === null
          ? t("time.titleAll")
          : one
            ? t("time.titleOne", { name: one.candidate_name })
            : t("time.titleSome", { count: to.length })
      }
      description={to === null ? t("time.leadAll") : t("time.lead")}
      confirm={t("time.give", { minutes: minutes ?? 0 })}
      busy={give.isPending}
      error={give.error}
      ready={minutes !== null && minutes !== 0}
      onConfirm={(reason) => give.mutate(reason)}
      onClose={onClose}
    >
      <div className="flex flex-wrap items-end gap-2">
        <NumberField
          label={t("time.minutes")}
          unit={t("time.min")}
          notANumber={staff.t("notANumber")}
          value={minutes}
          onChange={setMinutes}
          error={refused(give.error, "minutes")}
          className="w-32"
        />
        {PRESETS.map((preset) => (
          <Button
            key={preset}
            aria-pressed={minutes === preset}
            look={minutes === preset ? "primary" : "secondary"}
            onClick={() => setMinutes(preset)}
          >
            {t("plusMinutes", { minutes: preset })}
          </Button>
        ))}
      </div>
      {deadline !== null && minutes !== null && (
        <p className="tabular text-muted">
          {t("time.newEnd", {
            before: moment(deadline, i18n.language, { timeZone: sitting.time_zone, style: "time" }),
            after: moment(Date.parse(deadline) + minutes * 60_000, i18n.language, {
              timeZone: sitting.time_zone,
              style: "time",
            }),
          })}
        </p>
      )}
      {to !== null && to.length > 1 && give.isPending && (
        <ProgressBar
          label={t("time.progress")}
          value={given}
          max={to.length}
          words={`${given} / ${to.length}`}
        />
      )}
      {minutes !== null && minutes < 0 && <Banner tone="warn">{t("time.takesAway")}</Banner>}
    </ReasonDialog>
  );
}
