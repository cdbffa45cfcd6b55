import { useQuery } from "@tanstack/react-query";
import type { ExamSummary } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { Checkbox, FieldError } from "@/shared/ui";
import { publicationQuery } from "./api/listExams";

/** Which forms of the exam are in use; none chosen means all. Nothing to choose when there is only one. */
export function FormsField({
  exam,
  avoid,
  chosen,
  error,
  onChange,
}: {
  exam: ExamSummary;
  /** Forms of the sitting that is replaced. */
  avoid: readonly number[];
  chosen: readonly number[];
  error?: string | undefined;
  onChange: (forms: number[]) => void;
}) {
  const { t } = useTranslation("sittings");
  const publication = useQuery({
    ...publicationQuery(exam.id, exam.publication_id ?? ""),
    enabled: exam.publication_id !== null,
  });
  const forms = publication.data?.forms ?? [];
  if (forms.length < 2) return null;
  return (
    <fieldset>
      <legend className="font-medium">{t("form.forms")}</legend>
      <p className="mb-2 text-sm text-muted">{t("form.formsHint")}</p>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        {forms.map(({ form_no: form }) => (
          <Checkbox
            key={form}
            label={t("form.formNo", { number: form })}
            hint={avoid.includes(form) ? t("form.formUsed") : undefined}
            checked={chosen.includes(form)}
            onChange={(on) =>
              onChange(
                on ? [...chosen, form].sort((a, b) => a - b) : chosen.filter((one) => one !== form),
              )
            }
          />
        ))}
      </div>
      <FieldError>{error}</FieldError>
    </fieldset>
  );
}
