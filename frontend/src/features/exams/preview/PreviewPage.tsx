import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RefreshCw } from "lucide-react";
import { use, useState } from "react";
import type { CandidatePaper, CandidateQuestion, Exam, QuestionResponse } from "@/shared/api";
import { CandidateViewContext } from "@/shared/authoring/candidateView";
import { pointsText } from "@/shared/authoring/points";
import { useTranslation } from "@/shared/i18n";
import { RichText } from "@/shared/rich";
import { Banner, Button, Crumbs, ErrorNote, Loading, PageHeader, Select } from "@/shared/ui";
import { examPreviewQuery } from "../api/previewExam";
import { publicationQuery } from "../api/readPublication";

/** The whole exam as a candidate would go through it, on one page. What is answered here goes nowhere. */
export function PreviewPage({ exam }: { exam: Exam }) {
  const { t } = useTranslation("exams");
  const [form, setForm] = useState<number | null>(null);
  const paper = useQuery(examPreviewQuery(exam.id, form));
  // The draft's number of forms may have changed since: a publication has its own.
  const publication = useQuery({
    ...publicationQuery(exam.id, exam.publication?.id ?? "", 1),
    enabled: exam.publication !== null,
  });
  const forms = publication.data?.forms ?? [];
  return (
    <>
      <PageHeader
        crumbs={
          <Crumbs label={t("crumbs")}>
            <Link to="/author/exams">{t("exams")}</Link>
            <Link to="/author/exams/$examId" params={{ examId: exam.id }}>
              {exam.title}
            </Link>
          </Crumbs>
        }
        title={t("preview.title")}
        lead={t("preview.lead")}
        actions={
          <>
            {forms.length > 0 && (
              <Select
                label={t("preview.what")}
                labelHidden
                className="w-64"
                value={form === null ? "draft" : String(form)}
                options={[
                  { value: "draft", label: t("preview.draft") },
                  ...forms.map(({ form_no }) => ({
                    value: String(form_no),
                    label: t("preview.form", { number: form_no }),
                  })),
                ]}
                onChange={(value) => setForm(value === "draft" ? null : Number(value))}
              />
            )}
            {form === null && (
              <Button
                icon={<RefreshCw aria-hidden />}
                busy={paper.isFetching}
                onClick={() => void paper.refetch()}
              >
                {t("preview.again")}
              </Button>
            )}
          </>
        }
      />
      {paper.error ? (
        <Banner tone="warn" title={t("preview.impossible")}>
          <ErrorNote error={paper.error} />
        </Banner>
      ) : paper.data ? (
        <Paper paper={paper.data} />
      ) : (
        <Loading />
      )}
    </>
  );
}

function Paper({ paper }: { paper: CandidatePaper }) {
  const { t } = useTranslation("exams");
  return (
    <div className="mx-auto flex max-w-4xl flex-col gap-8">
      {paper.sections.map((section, place) => (
        // Sections have no id, and a paper's order is its own.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <section key={place} className="flex flex-col gap-4">
          {(paper.sections.length > 1 || section.title !== "") && (
            <h2 className="text-xl font-semibold">
              {section.title || t("section.name", { number: place + 1 })}
            </h2>
          )}
          <p className="flex flex-wrap gap-x-3 text-sm text-muted">
            <span>{t(`navigation.${section.navigation}.label`)}</span>
            {section.time_limit_seconds !== null && (
              <span>
                {t("section.limit", { count: Math.round(section.time_limit_seconds / 60) })}
              </span>
            )}
          </p>
          {section.instructions_html !== "" && (
            <div className="rounded-lg border border-line bg-surface p-4">
              <RichText html={section.instructions_html} />
            </div>
          )}
          {paper.questions
            .filter((question) => question.section === place)
            .map((question) => (
              <Asked
                key={question.id}
                question={question}
                stimulus={
                  question.stimulus === null
                    ? null
                    : (paper.stimuli[question.stimulus]?.html ?? null)
                }
              />
            ))}
        </section>
      ))}
    </div>
  );
}

function Asked({ question, stimulus }: { question: CandidateQuestion; stimulus: string | null }) {
  const { t, i18n } = useTranslation("exams");
  const View = use(CandidateViewContext);
  const [response, setResponse] = useState<QuestionResponse>();
  return (
    <article className="rounded-xl border border-line bg-surface p-5 shadow-card sm:p-6">
      {question.number > 0 && (
        <header className="mb-4 flex items-center justify-between gap-3">
          <h3 className="font-semibold">{t("preview.question", { number: question.number })}</h3>
          <span className="tabular text-sm text-muted">
            {t("preview.points", { points: pointsText(question.points, i18n.language) })}
          </span>
        </header>
      )}
      <View view={question} stimulusHtml={stimulus} response={response} onChange={setResponse} />
    </article>
  );
}
