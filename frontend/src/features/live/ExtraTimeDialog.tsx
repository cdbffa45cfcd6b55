import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { ApiError } from "@/shared/api";
import type { Sitting } from "@/shared/api/types-officer";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Banner, Button, NumberField, toast } from "@/shared/ui";
import { ProgressBar, ReasonDialog } from "@/shared/ui/dense";
import { giveExtraTime, giveExtraTimeToAll } from "./api/help";
import { StallsNote } from "./StallsNote";
import type { WatchedRow } from "./triage";
import { isRefusal, useOnce } from "./useOnce";

const PRESETS = [5, 10, 15, 30] as const;

/** Gives more time to some candidates, or to all of a sitting. */
export function ExtraTimeDialog({
  sitting,
  to,
  onGiven,
  onDone,
  onClose,
}: {
  sitting: Sitting;
  /** Whom; null for everybody, also those who start later. */
  to: readonly WatchedRow[] | null;
  /** One of them has it, or can't get it any more. */
  onGiven: (attemptId: string) => void;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation("live");
  const staff = useTranslation("staff");
  const refused = useFieldText();
  const [minutes, setMinutes] = useState<number | null>(5);
  /** Whom the server has answered about, in order: whether they got it. */
  const [answered, setAnswered] = useState<readonly boolean[]>([]);
  const fields = useRef<HTMLDivElement>(null);
  const once = useOnce();
  const give = useMutation({
    mutationFn: async (reason: string) => {
      const amount = minutes ?? 0;
      if (to === null)
        return once(`all ${amount} ${reason}`, (key) =>
          giveExtraTimeToAll(sitting.id, amount, reason, key),
        );
      // One after the other: who got it already keeps it when a later one fails, and isn't given it twice.
      let got = answered;
      for (const { attempt_id } of to.slice(got.length)) {
        const has = await once(`${attempt_id} ${amount} ${reason}`, (key) =>
          giveExtraTime(sitting.id, attempt_id, amount, reason, key),
        ).then(
          () => true,
          (error: unknown) => {
            // Whose attempt is over by now keeps nobody else waiting.
            if (to.length > 1 && isRefusal(error) && isAboutOne(error)) return false;
            throw error;
          },
        );
        got = [...got, has];
        setAnswered(got);
        onGiven(attempt_id);
      }
      const without = to.filter((_, place) => got[place] === false);
      if (without.length > 0)
        toast(
          t("time.notGiven", {
            names: new Intl.ListFormat(i18n.language).format(
              without.map((row) => row.candidate_name),
            ),
          }),
          "danger",
        );
      return { changed: to.length - without.length, reopened: 0 };
    },
    onSuccess: ({ changed, reopened }) => {
      if (changed > 0 || to === null)
        toast(
          reopened > 0
            ? t("time.doneReopened", { count: changed, reopened })
            : t("time.done", { count: changed }),
        );
      onDone();
    },
  });
  const confirm = (reason: string) => {
    // What is no number stays in its field, marked: the number that stood there before must not be given for it.
    if (give.error === null && fields.current?.querySelector("[aria-invalid]")) return;
    give.mutate(reason);
  };
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
      onConfirm={confirm}
      onClose={onClose}
    >
      <div ref={fields} className="flex flex-wrap items-end gap-2">
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
      {one && <StallsNote sitting={sitting} row={one} />}
      {to !== null && to.length > 1 && give.isPending && (
        <ProgressBar
          label={t("time.progress")}
          value={answered.length}
          max={to.length}
          words={`${answered.length} / ${to.length}`}
        />
      )}
      {minutes !== null && minutes < 0 && <Banner tone="warn">{t("time.takesAway")}</Banner>}
    </ReasonDialog>
  );
}

/** Whether a refusal says something of one attempt, so that the next one may be taken all the same. */
function isAboutOne({ status }: ApiError): boolean {
  return status === 404 || status === 409;
}
