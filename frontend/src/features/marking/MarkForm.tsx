import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { ResponseToMark } from "@/shared/api/types-officer";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { Button, ErrorNote, NumberField, TextArea } from "@/shared/ui";
import { markingQuery, markResponse } from "./api/marking";
import { quickPoints } from "./place";

/** What a marker has entered for a response and not saved. */
export interface MarkDraft {
  points: number | null;
  comment: string;
}

/** Points and a comment for one response. Made for the keyboard: type the points, press Enter, read the next. */
export function MarkForm({
  sittingId,
  questionId,
  response,
  draft,
  onDraft,
  onSaved,
  onMove,
}: {
  sittingId: string;
  questionId: string;
  response: ResponseToMark;
  /** What was entered here before, when the marker went on without saving. */
  draft: MarkDraft | undefined;
  /** Told of every change that isn't saved; undefined when the fields say what is saved. */
  onDraft: (draft: MarkDraft | undefined) => void;
  onSaved: (marked: ResponseToMark) => void;
  onMove: (step: number) => void;
}) {
  const { t, i18n } = useTranslation("markers");
  const staff = useTranslation("staff");
  const refused = useFieldText();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [points, setPoints] = useState(draft === undefined ? response.points : draft.points);
  const [comment, setComment] = useState(draft?.comment ?? response.comment);
  const enter = (entered: MarkDraft) => {
    setPoints(entered.points);
    setComment(entered.comment);
    const saved = entered.points === response.points && entered.comment === response.comment;
    onDraft(saved ? undefined : entered);
  };
  const most = response.points_max;
  const outside = points !== null && (points < 0 || points > most);
  const save = useMutation({
    mutationFn: (amount: number) =>
      markResponse(sittingId, questionId, response.response_ref, amount, comment.trim()),
    onSuccess: (marked) => {
      void queries.invalidateQueries({ queryKey: markingQuery(sittingId).queryKey });
      void queries.invalidateQueries({ queryKey: ["sittings", "results", sittingId] });
      void queries.invalidateQueries({ queryKey: ["sittings", "waiting"] });
      onSaved(marked);
    },
  });
  // An effect, because the focus follows to the points of a response that has just been drawn.
  useEffect(() => {
    const field = form.current?.querySelector<HTMLInputElement>("input[inputmode='decimal']");
    field?.focus({ preventScroll: true });
    field?.select();
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // What is no number stays in the field, marked: the points that stood there before must not be given for it.
    if (save.error === null && form.current?.querySelector("[aria-invalid]")) return;
    if (points !== null && !outside) save.mutate(points);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      event.preventDefault();
      onMove(event.key === "ArrowLeft" ? -1 : 1);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.current?.requestSubmit();
    }
  };
  const number = (amount: number) => new Intl.NumberFormat(i18n.language).format(amount);
  return (
    <form
      ref={form}
      onSubmit={submit}
      onKeyDown={keys}
      onChange={() => save.reset()}
      noValidate
      aria-label={t("markIt")}
      className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5 shadow-card"
    >
      {save.error && <ErrorNote error={save.error} />}
      <div className="flex flex-wrap items-end gap-2">
        <NumberField
          label={t("points")}
          unit={t("of", { points: number(most) })}
          notANumber={staff.t("notANumber")}
          value={points}
          onChange={(points) => enter({ points, comment })}
          controlClassName="pe-16 text-lg font-semibold"
          className="w-40"
          error={outside ? t("outside", { points: number(most) }) : refused(save.error, "points")}
        />
        {quickPoints(most).map((amount) => (
          <Button
            key={amount}
            look={points === amount ? "primary" : "secondary"}
            aria-pressed={points === amount}
            aria-label={t("quick", { points: number(amount) })}
            onClick={() => enter({ points: amount, comment })}
            className="min-w-11"
          >
            {number(amount)}
          </Button>
        ))}
      </div>
      <TextArea
        label={t("comment")}
        hint={t("commentHint")}
        rows={2}
        maxLength={4_000}
        value={comment}
        onChange={(event) => enter({ points, comment: event.target.value })}
        error={refused(save.error, "comment")}
      />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm text-muted max-md:hidden">{t("keys")}</p>
        <span className="flex flex-1 justify-end gap-3">
          <Button onClick={() => onMove(1)}>{t("skip")}</Button>
          <Button
            look="primary"
            type="submit"
            disabled={points === null || outside}
            busy={save.isPending}
          >
            {t("saveNext")}
          </Button>
        </span>
      </div>
    </form>
  );
}
