import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { Category } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Button, Dialog, ErrorNote, Select, TextField } from "@/shared/ui";
import { createCategory } from "./api/createCategory";
import { updateCategory } from "./api/updateCategory";

const NAME_CHARS_MAX = 200;

/** Makes a category, or renames and moves one. */
export function CategoryDialog({
  bankId,
  categories,
  category,
  parentId,
  onClose,
}: {
  bankId: string;
  categories: readonly Category[];
  /** The category to change; null makes one. */
  category: Category | null;
  parentId: string | null;
  onClose: () => void;
}) {
  const { t } = useTranslation("banks");
  const form = useId();
  const queries = useQueryClient();
  const [name, setName] = useState(category?.name ?? "");
  const [parent, setParent] = useState(parentId);
  const save = useMutation({
    mutationFn: () =>
      category === null
        ? createCategory(bankId, name.trim(), parent)
        : updateCategory(category.id, name.trim(), parent),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["banks", bankId] });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") save.mutate();
  };
  // A category can't be put into itself, nor into what lies in it.
  const inside = (other: Category): boolean =>
    other.id === category?.id ||
    categories.some((above) => above.id === other.parent_id && inside(above));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={category === null ? t("category.new") : t("category.change")}
      width="sm"
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            look="primary"
            type="submit"
            form={form}
            busy={save.isPending}
            disabled={name.trim() === ""}
          >
            {category === null ? t("create") : t("save")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="mt-2 flex flex-col gap-4">
        <TextField
          label={t("category.name")}
          value={name}
          maxLength={NAME_CHARS_MAX}
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          label={t("category.parent")}
          placeholder={t("category.top")}
          value={parent ?? ""}
          options={categories
            .filter((other) => category === null || !inside(other))
            .map((other) => ({ value: other.id, label: other.path.join(" / ") }))}
          onChange={(id) => setParent(id === "" ? null : id)}
        />
        {save.error && <ErrorNote error={save.error} />}
      </form>
    </Dialog>
  );
}
