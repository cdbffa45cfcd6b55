import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronRight, Ellipsis, FolderPlus, FolderTree } from "lucide-react";
import { useState } from "react";
import type { Category } from "@/shared/api";
import { useProblemText } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { Button, IconButton, Menu, MenuItem, MenuSeparator, toast } from "@/shared/ui";
import { deleteCategory } from "./api/deleteCategory";
import { CategoryDialog } from "./CategoryDialog";

type Asking = { what: "create"; parentId: string | null } | { what: "change"; category: Category };

/** The bank's categories; choosing one narrows the list to it and what lies in it. */
export function CategoryTree({
  bankId,
  total,
  categories,
  chosen,
  canEdit,
  onChoose,
}: {
  bankId: string;
  /** Questions in the whole bank. */
  total: number;
  categories: readonly Category[];
  chosen: string | undefined;
  canEdit: boolean;
  onChoose: (categoryId: string | undefined) => void;
}) {
  const { t } = useTranslation("banks");
  const queries = useQueryClient();
  const problem = useProblemText();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const remove = useMutation({
    mutationFn: (category: Category) => deleteCategory(category.id),
    onSuccess: (_, category) => {
      toast(t("category.deleted", { name: category.name }));
      if (category.id === chosen) onChoose(category.parent_id ?? undefined);
      void queries.invalidateQueries({ queryKey: ["banks", bankId] });
    },
    onError: (error) => toast(problem(error), "danger"),
  });
  const toggle = (id: string) =>
    setClosed((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });

  const level = (parentId: string | null, depth: number) => (
    <ul className="flex flex-col">
      {categories
        .filter((category) => category.parent_id === parentId)
        .map((category) => {
          const inner = categories.some((other) => other.parent_id === category.id);
          const open = !closed.has(category.id);
          return (
            <li key={category.id}>
              <div
                className={cx(
                  "group flex items-center rounded-md pe-1 hover:bg-sunken",
                  chosen === category.id && "bg-accent-soft",
                )}
                style={{ paddingInlineStart: `${depth * 0.875}rem` }}
              >
                {inner ? (
                  <button
                    type="button"
                    aria-expanded={open}
                    aria-label={
                      open
                        ? t("category.close", { name: category.name })
                        : t("category.open", { name: category.name })
                    }
                    onClick={() => toggle(category.id)}
                    className="flex size-7 shrink-0 items-center justify-center rounded text-muted"
                  >
                    <ChevronRight
                      aria-hidden
                      className={cx("size-4 transition-transform", open && "rotate-90")}
                    />
                  </button>
                ) : (
                  <span className="w-7 shrink-0" />
                )}
                <Entry
                  name={category.name}
                  count={category.questions}
                  chosen={chosen === category.id}
                  onChoose={() => onChoose(category.id)}
                />
                {canEdit && (
                  <Menu
                    label={t("category.acts", { name: category.name })}
                    trigger={
                      <IconButton
                        size="sm"
                        label={t("category.acts", { name: category.name })}
                        icon={<Ellipsis aria-hidden />}
                        className="h-7 min-h-7 w-7 text-muted! not-group-hover:not-focus-visible:not-aria-expanded:opacity-0 pointer-coarse:opacity-100!"
                      />
                    }
                  >
                    <MenuItem onSelect={() => setAsking({ what: "change", category })}>
                      {t("category.change")}
                    </MenuItem>
                    <MenuItem onSelect={() => setAsking({ what: "create", parentId: category.id })}>
                      {t("category.newInside")}
                    </MenuItem>
                    <MenuSeparator />
                    <MenuItem
                      danger
                      disabled={inner || category.questions > 0}
                      onSelect={() => remove.mutate(category)}
                    >
                      {t("category.delete")}
                    </MenuItem>
                  </Menu>
                )}
              </div>
              {inner && open && level(category.id, depth + 1)}
            </li>
          );
        })}
    </ul>
  );

  return (
    <nav aria-label={t("category.title")} className="flex flex-col gap-1 text-[0.9375rem]">
      <div
        className={cx(
          "flex items-center rounded-md pe-1 hover:bg-sunken",
          chosen === undefined && "bg-accent-soft",
        )}
      >
        <span className="flex w-7 shrink-0 justify-center text-muted">
          <FolderTree aria-hidden className="size-4" />
        </span>
        <Entry
          name={t("category.all")}
          count={total}
          chosen={chosen === undefined}
          onChoose={() => onChoose(undefined)}
        />
      </div>
      {level(null, 0)}
      {canEdit && (
        <Button
          size="sm"
          look="quiet"
          icon={<FolderPlus aria-hidden />}
          className="mt-1 self-start"
          onClick={() => setAsking({ what: "create", parentId: null })}
        >
          {t("category.new")}
        </Button>
      )}
      {asking && (
        <CategoryDialog
          bankId={bankId}
          categories={categories}
          {...(asking.what === "create"
            ? { category: null, parentId: asking.parentId }
            : { category: asking.category, parentId: asking.category.parent_id })}
          onClose={() => setAsking(null)}
        />
      )}
    </nav>
  );
}

function Entry({
  name,
  count,
  chosen,
  onChoose,
}: {
  name: string;
  count: number;
  chosen: boolean;
  onChoose: () => void;
}) {
  return (
    <button
      type="button"
      aria-current={chosen || undefined}
      onClick={onChoose}
      className={cx(
        "flex min-w-0 flex-1 items-center justify-between gap-2 rounded-md py-1.5 text-start",
        chosen && "font-semibold text-accent",
      )}
    >
      <span className="min-w-0 truncate" title={name}>
        {name}
      </span>
      <span className="tabular text-sm font-normal text-muted">{count}</span>
    </button>
  );
}
