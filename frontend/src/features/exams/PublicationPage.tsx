import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Exam } from "@/shared/api";
import { pointsText } from "@/shared/authoring/points";
import { QuestionTypeMark } from "@/shared/authoring/QuestionTypeMark";
import { useTranslation } from "@/shared/i18n";
import { RichText } from "@/shared/rich";
import { moment } from "@/shared/time";
import { Card, Crumbs, ErrorNote, Loading, PageHeader, Select } from "@/shared/ui";
import { publicationQuery } from "./api/readPublication";

/** A publication as it is frozen: its rules, and the questions of each form. */
export function PublicationPage({ exam, publicationId }: { exam: Exam; publicationId: string }) {
  const { t, i18n } = useTranslation("exams");
  const [form, setForm] = useState(1);
  const outline = useQuery(publicationQuery(exam.id, publicationId, form));
  if (outline.error) return <ErrorNote error={outline.error} />;
  if (outline.data === undefined) return <Loading />;
  const { publication, forms, sections, rules } = outline.data;
  const points = (amount: number) => pointsText(amount, i18n.language);
  const shown = forms.find(({ form_no }) => form_no === form);
  return (
    <>
      <PageHeader
        crumbs={
          <Crumbs label={t("crumbs")}>
            <Link to="/author/exams">{t("exams")}</Link>
            <Link
              to="/author/exams/$examId"
              params={{ examId: exam.id }}
              search={{ tab: "published" }}
            >
              {exam.title}
            </Link>
          </Crumbs>
        }
        title={t("publications.of", { title: publication.title, number: publication.number })}
        lead={t("publications.frozenAt", {
          at: moment(publication.published_at, i18n.language),
          minutes: rules.duration_minutes,
        })}
        actions={
          forms.length > 1 && (
            <Select
              label={t("publications.form")}
              value={String(form)}
              options={forms.map(({ form_no }) => ({
                value: String(form_no),
                label: t("publications.formNo", { number: form_no }),
              }))}
              onChange={(number) => number !== "" && setForm(Number(number))}
            />
          )
        }
      />
      {shown && (
        <p className="tabular mb-4 text-muted">
          {t("publications.totals", {
            count: shown.question_count,
            points: points(shown.points_max),
          })}
        </p>
      )}
      <div className="flex flex-col gap-6">
        {sections.map((section, place) => (
          <Card
            // Sections have no id, and a publication never changes.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={place}
            title={section.title || t("section.name", { number: place + 1 })}
            padded={false}
          >
            <ol className="divide-y divide-line">
              {section.questions.map((question) => (
                <li key={question.id} className="flex items-start gap-4 px-5 py-3">
                  <span className="tabular w-8 shrink-0 pt-0.5 text-end font-semibold text-muted">
                    {question.number}
                  </span>
                  <QuestionTypeMark type={question.type} className="mt-1" />
                  <div className="min-w-0 flex-1">
                    <RichText html={question.stem_html} />
                  </div>
                  <span className="tabular shrink-0 text-sm">
                    {t("pick.points", { points: points(question.points) })}
                  </span>
                </li>
              ))}
            </ol>
          </Card>
        ))}
      </div>
    </>
  );
}
