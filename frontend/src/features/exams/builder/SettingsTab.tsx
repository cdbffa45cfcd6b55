import type { ExamFinding } from "@/shared/api";
import { NumberWithUsual } from "@/shared/authoring/NumberWithUsual";
import { RichTextField } from "@/shared/authoring/RichTextField";
import { useTranslation } from "@/shared/i18n";
import { Card, Checkbox, RadioGroup, Switch } from "@/shared/ui";
import type { ExamDraft } from "./draft";
import { useExamFindingText } from "./findingText";
import { TitleField } from "./TitleField";

const PARTS = ["score", "marks", "responses", "solutions"] as const;
const PARTS_DEFAULT = { score: true, marks: true, responses: true, solutions: false };

/** What holds for the whole exam. */
export function SettingsTab({
  draft,
  findings,
  onChange,
}: {
  draft: ExamDraft;
  findings: readonly ExamFinding[];
  onChange: (draft: ExamDraft) => void;
}) {
  const { t } = useTranslation("exams");
  const text = useExamFindingText();
  const { rules } = draft;
  const set = (change: Partial<ExamDraft["rules"]>) =>
    onChange({ ...draft, rules: { ...rules, ...change } });
  const release = {
    moment: rules.release?.moment ?? "by_officer",
    parts: { ...PARTS_DEFAULT, ...rules.release?.parts },
  } as const;
  const error = (field: string) => {
    const found = findings.find((finding) => finding.field === field);
    return found && text(found);
  };
  return (
    <div className="flex flex-col gap-6">
      <Card title={t("settings.basics")}>
        <div className="flex flex-col gap-5">
          <TitleField value={draft.title} onChange={(title) => onChange({ ...draft, title })} />
          <div className="grid gap-5 sm:grid-cols-2">
            <div data-spot="duration_minutes">
              <NumberWithUsual
                label={t("settings.duration")}
                hint={t("settings.durationHint")}
                unit={t("settings.minutes")}
                error={error("duration_minutes")}
                notANumber={t("notANumber")}
                value={rules.duration_minutes}
                usual={0}
                onChange={(minutes) => set({ duration_minutes: Math.trunc(minutes) })}
              />
            </div>
            <div data-spot="forms">
              <NumberWithUsual
                label={t("settings.forms")}
                hint={t("settings.formsHint")}
                error={error("forms")}
                notANumber={t("notANumber")}
                value={rules.forms ?? 1}
                usual={1}
                onChange={(forms) => set({ forms: Math.trunc(forms) })}
              />
            </div>
          </div>
          <RichTextField
            label={t("settings.instructions")}
            optional={t("optional")}
            hint={t("settings.instructionsHint")}
            rows={4}
            value={{ format: "markdown", text: rules.instructions ?? "" }}
            onChange={({ text: instructions }) => set({ instructions })}
          />
          <Switch
            label={t("settings.floor")}
            hint={t("settings.floorHint")}
            checked={rules.floor_at_zero ?? true}
            onChange={(checked) => set({ floor_at_zero: checked })}
          />
        </div>
      </Card>
      <Card title={t("release.title")}>
        <div data-spot="release" className="grid gap-6 md:grid-cols-2">
          <RadioGroup
            label={t("release.moment")}
            value={release.moment}
            options={(["by_officer", "when_marked"] as const).map((moment) => ({
              value: moment,
              label: t(`release.moments.${moment}.label`),
              hint: t(`release.moments.${moment}.hint`),
            }))}
            onChange={(moment) => set({ release: { ...release, moment } })}
          />
          <fieldset className="min-w-0">
            <legend className="mb-1.5 font-medium">{t("release.parts")}</legend>
            <div className="flex flex-col gap-2">
              {PARTS.map((part) => (
                <Checkbox
                  key={part}
                  label={t(`release.part.${part}.label`)}
                  hint={t(`release.part.${part}.hint`)}
                  checked={release.parts[part]}
                  onChange={(checked) =>
                    set({ release: { ...release, parts: { ...release.parts, [part]: checked } } })
                  }
                />
              ))}
            </div>
            {findings
              .filter(({ field }) => field.startsWith("release"))
              .map((finding) => (
                <p
                  key={finding.code}
                  className={`mt-2 text-sm font-medium ${finding.severity === "error" ? "text-danger" : "text-warn"}`}
                >
                  {text(finding)}
                </p>
              ))}
          </fieldset>
        </div>
      </Card>
    </div>
  );
}
