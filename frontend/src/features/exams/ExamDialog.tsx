import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { Exam } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Button, Dialog, ErrorNote, TextField } from "@/shared/ui";
import { UnitSelect, unitsQuery } from "@/shared/units";
import { createExam } from "./api/createExam";

const TITLE_CHARS_MAX = 300;

/** Begins an exam. */
export function ExamDialog({
  onDone,
  onClose,
}: {
  onDone: (exam: Exam) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("exams");
  const form = useId();
  const queries = useQueryClient();
  const units = useQuery(unitsQuery());
  const [title, setTitle] = useState("");
  const [unitId, setUnitId] = useState<string | null | undefined>(undefined);
  const [asked, setAsked] = useState(false);
  // Most people work in one unit.
  const unit = unitId === undefined ? (units.data?.[0]?.id ?? null) : unitId;
  const create = useMutation({
    mutationFn: () => createExam(title.trim(), unit),
    onSuccess: (exam) => {
      void queries.invalidateQueries({ queryKey: ["exams", "list"] });
      onDone(exam);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (title.trim() !== "") create.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("new")}
      description={t("newLead")}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={create.isPending}>
            {t("create")}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className="mt-4 flex flex-col gap-4">
        <TextField
          label={t("title")}
          hint={t("titleHint")}
          value={title}
          maxLength={TITLE_CHARS_MAX}
          error={asked && title.trim() === "" ? t("titleNeeded") : undefined}
          onChange={(event) => setTitle(event.target.value)}
        />
        <UnitSelect label={t("unit")} hint={t("unitHint")} value={unit} onChange={setUnitId} />
        {create.error && <ErrorNote error={create.error} />}
      </form>
    </Dialog>
  );
}
