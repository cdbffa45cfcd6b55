import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Archive, FolderInput, Tags, X } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { type Category, type Tag, useProblemText } from "@/shared/api";
import { TagField } from "@/shared/authoring/TagField";
import { useTranslation } from "@/shared/i18n";
import { Button, Dialog, Select, toast } from "@/shared/ui";
import { archiveQuestions } from "./api/archiveQuestions";
import { fileQuestions, type Refiling } from "./api/fileQuestions";

/** What can be done with the questions that are selected. */
export function SelectionBar({
  ids,
  categories,
  tags,
  archived,
  onClear,
}: {
  ids: readonly string[];
  categories: readonly Category[];
  tags: readonly Tag[];
  /** Whether the list shows what was put away. */
  archived: boolean;
  onClear: () => void;
}) {
  const { t } = useTranslation("banks");
  const queries = useQueryClient();
  const problem = useProblemText();
  const [asking, setAsking] = useState<"tag" | "move" | null>(null);
  const settled = ({ done, refusal }: { done: number; refusal: unknown }, text: string) => {
    if (done > 0) toast(text);
    if (refusal !== null)
      toast(t("selection.failed", { count: ids.length - done, why: problem(refusal) }), "danger");
    else onClear();
    setAsking(null);
    void queries.invalidateQueries({ queryKey: ["questions"] });
    void queries.invalidateQueries({ queryKey: ["banks"] });
  };
  const file = useMutation({
    mutationFn: (change: Refiling) => fileQuestions(ids, change),
    onSuccess: (outcome) => settled(outcome, t("selection.filed", { count: outcome.done })),
  });
  const archive = useMutation({
    mutationFn: () => archiveQuestions(ids, !archived),
    onSuccess: (outcome) =>
      settled(
        outcome,
        archived
          ? t("selection.unarchived", { count: outcome.done })
          : t("selection.archived", { count: outcome.done }),
      ),
  });
  return (
    <section
      aria-label={t("selection.label")}
      className="sticky bottom-4 z-20 mt-4 flex flex-wrap items-center gap-2 rounded-lg border border-line bg-surface px-4 py-2.5 shadow-raised"
    >
      <p role="status" className="me-auto font-medium">
        {t("selection.count", { count: ids.length })}
      </p>
      <Button size="sm" icon={<Tags aria-hidden />} onClick={() => setAsking("tag")}>
        {t("selection.tag")}
      </Button>
      <Button size="sm" icon={<FolderInput aria-hidden />} onClick={() => setAsking("move")}>
        {t("selection.move")}
      </Button>
      <Button
        size="sm"
        icon={<Archive aria-hidden />}
        busy={archive.isPending}
        onClick={() => archive.mutate()}
      >
        {archived ? t("selection.unarchive") : t("selection.archive")}
      </Button>
      <Button size="sm" look="quiet" icon={<X aria-hidden />} onClick={onClear}>
        {t("selection.clear")}
      </Button>
      {asking === "tag" && (
        <TagDialog
          count={ids.length}
          tags={tags}
          busy={file.isPending}
          onDone={(change) => file.mutate(change)}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === "move" && (
        <MoveDialog
          count={ids.length}
          categories={categories}
          busy={file.isPending}
          onDone={(change) => file.mutate(change)}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}

interface DialogProps {
  count: number;
  busy: boolean;
  onDone: (change: Refiling) => void;
  onClose: () => void;
}

function TagDialog({ count, tags, busy, onDone, onClose }: DialogProps & { tags: readonly Tag[] }) {
  const { t } = useTranslation("banks");
  const form = useId();
  const [adding, setAdding] = useState<string[]>([]);
  const [removing, setRemoving] = useState<string[]>([]);
  const known = tags.map(({ tag }) => tag);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDone({ add_tags: adding, remove_tags: removing });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("selection.tagTitle", { count })}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            look="primary"
            type="submit"
            form={form}
            busy={busy}
            disabled={adding.length + removing.length === 0}
          >
            {t("selection.apply")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="mt-2 flex flex-col gap-4">
        <TagField label={t("selection.addTags")} tags={adding} known={known} onChange={setAdding} />
        <TagField
          label={t("selection.removeTags")}
          tags={removing}
          known={known}
          onChange={setRemoving}
        />
      </form>
    </Dialog>
  );
}

function MoveDialog({
  count,
  categories,
  busy,
  onDone,
  onClose,
}: DialogProps & { categories: readonly Category[] }) {
  const { t } = useTranslation("banks");
  const form = useId();
  const [to, setTo] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDone({ category_id: to === "" ? null : to });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("selection.moveTitle", { count })}
      width="sm"
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={busy}>
            {t("selection.moveHere")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="mt-2">
        <Select
          label={t("selection.to")}
          placeholder={t("selection.noCategory")}
          value={to}
          options={categories.map((category) => ({
            value: category.id,
            label: category.path.join(" / "),
          }))}
          onChange={setTo}
        />
      </form>
    </Dialog>
  );
}
