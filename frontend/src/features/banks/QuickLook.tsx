import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Pencil } from "lucide-react";
import type { QuestionSummary } from "@/shared/api";
import { previewQuestion } from "@/shared/authoring/requests/previewQuestion";
import { questionQuery } from "@/shared/authoring/requests/readQuestion";
import { stimulusQuery } from "@/shared/authoring/requests/readStimulus";
import { TryQuestion } from "@/shared/authoring/TryQuestion";
import { useTranslation } from "@/shared/i18n";
import { buttonClass, Dialog, ErrorNote, Loading } from "@/shared/ui";

/** A question as a candidate sees it, without leaving the list. */
export function QuickLook({
  question: { id, title, stimulus_id: stimulusId },
  onClose,
}: {
  question: QuestionSummary;
  onClose: () => void;
}) {
  const { t } = useTranslation("banks");
  const question = useQuery(questionQuery(id));
  const stimulus = useQuery({
    ...stimulusQuery(stimulusId ?? ""),
    enabled: stimulusId !== null,
  });
  const ready = question.data !== undefined && (stimulusId === null || !stimulus.isPending);
  const preview = useQuery({
    queryKey: ["preview", "stored", id, question.data?.version, stimulus.data?.version],
    queryFn: ({ signal }) => {
      if (question.data === undefined) throw new Error("there is no question to preview");
      const { question: asked, key } = question.data;
      return previewQuestion(
        { question: asked, key, stimulus: stimulus.data?.text ?? null },
        signal,
      );
    },
    enabled: ready,
  });
  const error = question.error ?? preview.error;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title || t("look.title")}
      width="lg"
      actions={
        <Link
          to="/author/questions/$questionId"
          params={{ questionId: id }}
          className={buttonClass("primary")}
        >
          <Pencil aria-hidden />
          {t("look.edit")}
        </Link>
      }
    >
      <div className="pt-2">
        {error ? (
          <ErrorNote error={error} />
        ) : question.data && preview.data ? (
          <TryQuestion
            question={question.data.question}
            questionKey={question.data.key}
            points={question.data.points}
            preview={preview.data}
          />
        ) : (
          <Loading />
        )}
      </div>
    </Dialog>
  );
}
