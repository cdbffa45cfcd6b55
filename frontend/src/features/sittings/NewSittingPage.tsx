import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { ApiError } from "@/shared/api";
import type { ExamSummary, Sitting } from "@/shared/api/types-officer";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { clock, deviceZone } from "@/shared/time";
import {
  Banner,
  Button,
  Card,
  Crumbs,
  ErrorNote,
  NumberField,
  PageHeader,
  Switch,
  TextField,
} from "@/shared/ui";
import { Steps } from "@/shared/ui/dense";
import { sittingQuery } from "./api/getSitting";
import { scheduleSitting } from "./api/saveSitting";
import { ExamChooser } from "./ExamChooser";
import { FormsField } from "./FormsField";
import { OutageField } from "./OutageField";
import { type Takeover, TakeoverField } from "./TakeoverField";
import { TimeFields } from "./TimeFields";
import { TimeSummary } from "./TimeSummary";
import { momentsOf, newPlan, OUTAGE_MINUTES_DEFAULT } from "./timePlan";

/** Which step holds the field that the server refused. */
const STEP_OF: Record<string, number> = {
  exam_id: 0,
  opens_at: 1,
  entry_closes_at: 1,
  window_ends_at: 1,
  duration_minutes: 1,
  time_zone: 1,
};

/** Schedules a sitting in three steps: the exam, the time, the rules. */
export function NewSittingPage({
  replaces,
  onScheduled,
}: {
  /** The sitting that the new one replaces. */
  replaces: string | null;
  onScheduled: (sitting: Sitting) => void;
}) {
  const { t } = useTranslation("sittings");
  const staff = useTranslation("staff");
  const refused = useFieldText();
  const queries = useQueryClient();
  const replaced = useQuery({ ...sittingQuery(replaces ?? ""), enabled: replaces !== null }).data;
  const [step, setStep] = useState(0);
  const [exam, setExam] = useState<ExamSummary | null>(null);
  const [ownTitle, setTitle] = useState<string | null>(null);
  const [plan, setPlan] = useState(() => newPlan(deviceZone(), null, clock.now()));
  const [practice, setPractice] = useState(false);
  const [spread, setSpread] = useState<number | null>(0);
  const [takeover, setTakeover] = useState<Takeover>("candidate");
  const [outage, setOutage] = useState<number | null>(OUTAGE_MINUTES_DEFAULT);
  const [forms, setForms] = useState<number[]>([]);
  const fields = useRef<HTMLDivElement>(null);
  const title =
    ownTitle ??
    (replaced ? t("form.replacementTitle", { title: replaced.title }) : exam?.title) ??
    "";
  const moments = momentsOf(plan);
  const save = useMutation({
    mutationFn: async () => {
      if (exam === null || moments === null) throw new Error("the form isn't complete");
      return scheduleSitting({
        exam_id: exam.id,
        title: title.trim(),
        time_zone: plan.zone,
        opens_at: new Date(moments.opens).toISOString(),
        entry_closes_at: new Date(moments.entryCloses).toISOString(),
        window_ends_at: new Date(moments.windowEnds).toISOString(),
        duration_minutes: plan.durationMinutes,
        grace_seconds: plan.graceSeconds,
        start_spread_seconds: spread,
        takeover,
        outage_credit_minutes_max: outage,
        practice,
        forms,
        replaces_id: replaces,
      });
    },
    onSuccess: (sitting) => {
      void queries.invalidateQueries({ queryKey: ["sittings", "list"] });
      onScheduled(sitting);
    },
    onError: (error) => {
      const field = error instanceof ApiError ? error.fields[0]?.field : undefined;
      const home = field === undefined ? undefined : STEP_OF[field];
      if (home !== undefined) setStep(home);
    },
  });
  const choose = (next: ExamSummary) => {
    setExam(next);
    setForms([]);
    setPlan({ ...plan, durationMinutes: next.duration_minutes });
  };
  /** Goes on unless a field holds what it can't read: the number that stood there before isn't what was meant. */
  const go = (on: () => void) => {
    const placed = save.error instanceof ApiError && save.error.fields.length > 0;
    if (placed || !fields.current?.querySelector("[aria-invalid]")) on();
  };
  const steps = [t("form.exam"), t("form.time"), t("form.rules")];
  const complete = [exam !== null, moments !== null, title.trim() !== ""];
  return (
    <>
      <PageHeader
        title={replaces === null ? t("schedule") : t("scheduleReplacement")}
        crumbs={
          <Crumbs label={staff.t("way")}>
            <Link to="/officer">{t("title")}</Link>
          </Crumbs>
        }
      />
      <div className="max-w-3xl">
        <Steps label={t("form.steps")} steps={steps} current={step} onGo={setStep} />
        <div ref={fields} className="flex flex-col gap-5">
          {save.error && <ErrorNote error={save.error} />}
          {replaced && step === 0 && (
            <Banner live={false}>
              {t("form.replaces", { title: replaced.title, exam: replaced.exam_title })}
            </Banner>
          )}
          {step === 0 && <ExamChooser chosen={exam?.id ?? null} onChoose={choose} />}
          {step === 1 && (
            <Card>
              <TimeFields plan={plan} error={save.error} onChange={setPlan} />
            </Card>
          )}
          {step === 2 && exam && (
            <Card>
              <div className="flex flex-col gap-5">
                <TextField
                  label={t("form.title")}
                  hint={t("form.titleHint")}
                  value={title}
                  maxLength={300}
                  onChange={(event) => setTitle(event.target.value)}
                  error={
                    refused(save.error, "title") ??
                    (title.trim() === "" ? t("form.titleMissing") : undefined)
                  }
                />
                <Switch
                  label={t("form.practice")}
                  hint={t("form.practiceHint")}
                  checked={practice}
                  onChange={setPractice}
                />
                <FormsField
                  exam={exam}
                  avoid={replaced?.exam_id === exam.id ? replaced.forms : []}
                  chosen={forms}
                  onChange={setForms}
                  error={refused(save.error, "forms")}
                />
                <NumberField
                  label={t("form.spread")}
                  hint={t("form.spreadHint")}
                  unit={t("form.sec")}
                  notANumber={staff.t("notANumber")}
                  value={spread}
                  onChange={setSpread}
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
          )}
          {step > 0 && moments && plan.durationMinutes !== null && (
            <TimeSummary
              moments={moments}
              zone={plan.zone}
              durationMinutes={plan.durationMinutes}
            />
          )}
          <div className="flex flex-wrap justify-between gap-3">
            {step > 0 ? (
              <Button onClick={() => setStep(step - 1)}>{staff.t("back")}</Button>
            ) : (
              <span />
            )}
            {step < 2 ? (
              <Button
                look="primary"
                disabled={complete[step] !== true}
                onClick={() => go(() => setStep(step + 1))}
              >
                {staff.t("next")}
              </Button>
            ) : (
              <Button
                look="primary"
                disabled={complete.includes(false)}
                busy={save.isPending}
                onClick={() => go(save.mutate)}
              >
                {t("form.submit")}
              </Button>
            )}
          </div>
        </div>
      </div>
    </>
  );
}
