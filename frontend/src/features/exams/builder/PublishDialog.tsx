import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Dices, FileLock2, Send, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { ApiError, type Exam, type ExamCheck } from "@/shared/api";
import { pointsText } from "@/shared/authoring/points";
import { useTranslation } from "@/shared/i18n";
import { Button, Dialog, ErrorNote, toast } from "@/shared/ui";
import { publishExam } from "../api/publishExam";
import type { ExamDraft } from "./draft";
import { useExamFindingText } from "./findingText";

/** Says what publishing means before it is done: it can't be undone. */
export function PublishDialog({
  exam,
  draft,
  check,
  onPublished,
  onClose,
}: {
  exam: Exam;
  draft: ExamDraft;
  check: ExamCheck;
  onPublished: () => void;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation("exams");
  const queries = useQueryClient();
  const text = useExamFindingText();
  const publish = useMutation({
    mutationFn: () => publishExam(exam.id, exam.version),
    onSuccess: ({ publication }) => {
      toast(t("publish.done", { number: publication.number }));
      void queries.invalidateQueries({ queryKey: ["exams"] });
      onPublished();
    },
  });
  const forms = draft.rules.forms ?? 1;
  const draws = draft.sections.some(({ items }) => items.some(({ item }) => item.type === "draw"));
  const warnings = check.findings.filter(({ severity }) => severity === "warning");
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("publish.title", { title: exam.title })}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            look="primary"
            icon={<Send aria-hidden />}
            busy={publish.isPending}
            onClick={() => publish.mutate()}
          >
            {t("publish.act")}
          </Button>
        </>
      }
    >
      <p className="tabular text-lg">
        {t("publish.what", {
          count: check.question_count ?? 0,
          points: pointsText(check.points_max ?? 0, i18n.language),
          minutes: draft.rules.duration_minutes,
        })}
      </p>
      <ul className="mt-4 flex flex-col gap-3">
        <Consequence icon={<FileLock2 aria-hidden />}>
          {t("publish.frozen", { count: forms })}
        </Consequence>
        {draws && <Consequence icon={<Dices aria-hidden />}>{t("publish.drawn")}</Consequence>}
        <Consequence icon={<Send aria-hidden />}>
          {exam.publication === null
            ? t("publish.first")
            : t("publish.again", { number: exam.publication.number })}
        </Consequence>
        {warnings.map((warning) => (
          <Consequence
            key={warning.field + warning.code}
            icon={<TriangleAlert aria-hidden className="text-warn" />}
          >
            {text(warning)}
          </Consequence>
        ))}
      </ul>
      {publish.error && (
        <div className="mt-4">
          <ErrorNote error={publish.error} />
          {publish.error instanceof ApiError && (
            <ul className="mt-3 flex list-disc flex-col gap-1 ps-5 text-danger">
              {publish.error.fields.map((reason) => (
                <li key={`${reason.field}${reason.code}`}>{text(reason)}</li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Dialog>
  );
}

function Consequence({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-start gap-3 [&_svg]:mt-1 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted">
      {icon}
      <span>{children}</span>
    </li>
  );
}
