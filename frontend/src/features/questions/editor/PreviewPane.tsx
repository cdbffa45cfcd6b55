import { Eye } from "lucide-react";
import type { QuestionPreview } from "@/shared/api";
import { TryQuestion } from "@/shared/authoring/TryQuestion";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { ErrorNote, Loading } from "@/shared/ui";
import { sendable } from "../api/content";
import type { Draft } from "./draft";

/** The question as the candidate will see it, beside where it is written. */
export function PreviewPane({
  draft,
  preview,
  error,
  late,
}: {
  draft: Draft;
  preview: QuestionPreview | undefined;
  error: Error | null;
  /** What is shown is a moment behind what is written. */
  late: boolean;
}) {
  const { t } = useTranslation("questions");
  return (
    <section aria-labelledby="preview-title" className="flex flex-col gap-3">
      <h2
        id="preview-title"
        className="flex items-center gap-2 text-sm font-semibold text-muted uppercase"
      >
        <Eye aria-hidden className="size-4" />
        {t("preview.title")}
      </h2>
      {error && <ErrorNote error={error} />}
      {preview ? (
        <div aria-busy={late} className={cx("transition-opacity", late && "opacity-70")}>
          <TryQuestion
            question={draft.question}
            questionKey={sendable(draft.key)}
            points={draft.points}
            preview={preview}
            keyMissing={draft.undecided}
          />
        </div>
      ) : (
        !error && <Loading />
      )}
    </section>
  );
}
