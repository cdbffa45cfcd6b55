import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "@/shared/api";
import type { AnswerFileTaken, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Banner, Button, Dialog, ErrorNote, FileDrop, TextArea } from "@/shared/ui";
import { takeAnswerFile } from "./api/takeAnswerFile";

/** Takes in what a candidate's device saved because it found no network: a file, or scanned codes. */
export function AnswerFileDialog({
  sitting,
  onLate,
  onDone,
  onClose,
}: {
  sitting: Sitting;
  /** Looks at the entries of an attempt that wait to be admitted. */
  onLate: (attemptId: string) => void;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("live");
  const [text, setText] = useState("");
  const [taken, setTaken] = useState<AnswerFileTaken | null>(null);
  const take = useMutation({
    mutationFn: (content: Blob | string) => takeAnswerFile(sitting.id, content),
    onSuccess: (result) => {
      setTaken(result);
      setText("");
    },
  });
  const missing = missingParts(take.error);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && (taken === null ? onClose() : onDone())}
      title={t("answerFile.title")}
      description={t("answerFile.lead")}
      actions={
        <>
          <Button onClick={taken === null ? onClose : onDone}>{t("answerFile.close")}</Button>
          {taken !== null && taken.late + taken.already > 0 && (
            <Button look="primary" onClick={() => onLate(taken.attempt_id)}>
              {t("answerFile.look")}
            </Button>
          )}
        </>
      }
    >
      <div className="mt-4 flex flex-col gap-4">
        {take.error && <ErrorNote error={take.error} />}
        {missing !== null && (
          <p className="text-sm">{t("answerFile.missing", { parts: missing })}</p>
        )}
        {taken !== null && <Taken sitting={sitting} taken={taken} />}
        <FileDrop
          label={t("answerFile.choose")}
          accept=".answers"
          disabled={take.isPending}
          onFile={(file) => take.mutate(file)}
        />
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== "") take.mutate(text);
          }}
        >
          <TextArea
            label={t("answerFile.codes")}
            hint={t("answerFile.codesHint")}
            value={text}
            rows={4}
            onChange={(event) => setText(event.target.value)}
          />
          <Button
            type="submit"
            busy={take.isPending}
            disabled={text.trim() === ""}
            className="self-start"
          >
            {t("answerFile.takeCodes")}
          </Button>
        </form>
      </div>
    </Dialog>
  );
}

function Taken({ sitting, taken }: { sitting: Sitting; taken: AnswerFileTaken }) {
  const { t, i18n } = useTranslation("live");
  const said = (["late", "taken", "already", "superseded", "conflicts"] as const).filter(
    (what) => taken[what] > 0,
  );
  return (
    <Banner
      tone={taken.proof === "broken" || taken.conflicts > 0 ? "warn" : "safe"}
      title={t("answerFile.taken", {
        name: taken.candidate_name,
        number: taken.candidate_number,
      })}
    >
      <ul className="flex list-disc flex-col gap-1 ps-5">
        {said.map((what) => (
          <li key={what}>
            {t(what === "taken" ? "answerFile.in_time" : `answerFile.${what}`, {
              count: taken[what],
            })}
          </li>
        ))}
        {said.length === 0 && <li>{t("answerFile.nothing")}</li>}
        <li>
          {t("answerFile.madeAt", {
            time: moment(taken.made_at, i18n.language, { timeZone: sitting.time_zone }),
          })}
        </li>
        <li>{t(`answerFile.proof.${taken.proof}`, { count: taken.receipts_held })}</li>
      </ul>
    </Banner>
  );
}

/** Which parts are missing, in words; null when that isn't what was wrong. */
function missingParts(error: Error | null): string | null {
  if (!(error instanceof ApiError) || error.code !== "exam.answer_file_incomplete") return null;
  const missing = error.facts["missing"];
  return Array.isArray(missing) ? missing.join(", ") : null;
}
