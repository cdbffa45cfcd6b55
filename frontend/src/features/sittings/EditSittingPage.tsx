import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError } from "@/shared/api";
import type { Sitting } from "@/shared/api/types-officer";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { usePast } from "@/shared/time";
import {
  Banner,
  Button,
  Card,
  Checkbox,
  ErrorNote,
  NumberField,
  TextField,
  toast,
} from "@/shared/ui";
import { sittingQuery } from "./api/getSitting";
import { updateSitting } from "./api/saveSitting";
import { ClashList } from "./ClashList";
import { clashesOf, isClash } from "./clashes";
import { OutageField } from "./OutageField";
import { TakeoverField } from "./TakeoverField";
import { TimeFields } from "./TimeFields";
import { TimeSummary } from "./TimeSummary";
import { momentsOf, planOf, sentMoment } from "./timePlan";

/** Changes a sitting: freely before it opens, afterwards only to give more time. */
export function EditSittingPage({ sitting, onDone }: { sitting: Sitting; onDone: () => void }) {
  const { t } = useTranslation("sittings");
  const common = useTranslation("common");
  const staff = useTranslation("staff");
  const refused = useFieldText();
  const queries = useQueryClient();
  const opened = usePast(sitting.opens_at);
  const [title, setTitle] = useState(sitting.title);
  const [plan, setPlan] = useState(() => planOf(sitting));
  const [spread, setSpread] = useState<number | null>(sitting.start_spread_seconds);
  const [takeover, setTakeover] = useState(sitting.takeover);
  const [outage, setOutage] = useState<number | null>(sitting.outage_credit_minutes_max);
  const [allowClash, setAllowClash] = useState(false);
  const moments = momentsOf(plan);
  const first = momentsOf(planOf(sitting));
  const save = useMutation({
    mutationFn: async () => {
      if (moments === null) throw new Error("the form isn't complete");
      return updateSitting(sitting.id, {
        version: sitting.version,
        title: title.trim(),
        time_zone: plan.zone,
        opens_at: sentMoment(sitting.opens_at, first?.opens, moments.opens),
        entry_closes_at: sentMoment(
          sitting.entry_closes_at,
          first?.entryCloses,
          moments.entryCloses,
        ),
        window_ends_at: sentMoment(sitting.window_ends_at, first?.windowEnds, moments.windowEnds),
        duration_minutes: plan.durationMinutes,
        grace_seconds: plan.graceSeconds,
        start_spread_seconds: spread,
        takeover,
        outage_credit_minutes_max: outage,
        ...(allowClash && { allow_clash: true }),
      });
    },
    onSuccess: (saved) => {
      queries.setQueryData(sittingQuery(sitting.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ["sittings"] });
      toast(t("edited"));
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // What is no number stays in its field, marked: the number that stood there before must not be sent for it.
    const placed = save.error instanceof ApiError && save.error.fields.length > 0;
    if (!placed && event.currentTarget.querySelector("[aria-invalid]")) return;
    if (moments !== null && title.trim() !== "") save.mutate();
  };
  const clash = isClash(save.error) ? clashesOf(save.error) : null;
  return (
    <form onSubmit={submit} noValidate className="flex max-w-3xl flex-col gap-5">
      {save.error && <ErrorNote error={save.error} />}
      {clash && (
        <>
          {clash.length > 0 && (
            <Banner tone="warn" live={false} title={t("hints.clashes", { count: clash.length })}>
              <ClashList clashes={clash} zone={plan.zone} />
            </Banner>
          )}
          <Checkbox
            label={t("form.allowClash")}
            hint={t("form.allowClashHint")}
            checked={allowClash}
            onChange={setAllowClash}
          />
        </>
      )}
      {opened && (
        <Banner tone="warn" live={false}>
          {t("form.openedLead")}
        </Banner>
      )}
      <Card title={t("form.edit")}>
        <div className="flex flex-col gap-5">
          <TextField
            label={t("form.title")}
            value={title}
            maxLength={300}
            onChange={(event) => setTitle(event.target.value)}
            error={
              refused(save.error, "title") ??
              (title.trim() === "" ? t("form.titleMissing") : undefined)
            }
          />
          <TimeFields plan={plan} error={save.error} opened={opened} onChange={setPlan} />
          <NumberField
            label={t("form.spread")}
            hint={t("form.spreadHint")}
            unit={t("form.sec")}
            notANumber={staff.t("notANumber")}
            value={spread}
            onChange={setSpread}
            disabled={opened}
            error={refused(save.error, "start_spread_seconds")}
            className="max-w-56"
          />
          <TakeoverField value={takeover} onChange={setTakeover} />
          <OutageField value={outage} error={save.error} onChange={setOutage} />
          <NumberField
            label={t("form.grace")}
            hint={t("form.graceHint")}
            unit={t("form.sec")}
            notANumber={staff.t("notANumber")}
            value={plan.graceSeconds}
            onChange={(graceSeconds) => setPlan({ ...plan, graceSeconds })}
            error={refused(save.error, "grace_seconds")}
            className="max-w-56"
          />
        </div>
      </Card>
      {moments && plan.durationMinutes !== null && (
        <TimeSummary moments={moments} zone={plan.zone} durationMinutes={plan.durationMinutes} />
      )}
      <div className="flex justify-end gap-3">
        <Button onClick={onDone}>{common.t("cancel")}</Button>
        <Button look="primary" type="submit" disabled={moments === null} busy={save.isPending}>
          {common.t("save")}
        </Button>
      </div>
    </form>
  );
}
