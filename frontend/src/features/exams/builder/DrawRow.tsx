import { useQuery } from "@tanstack/react-query";
import { Dices, Pencil } from "lucide-react";
import type { Draw } from "@/shared/api";
import { pointsText } from "@/shared/authoring/points";
import { categoriesQuery } from "@/shared/authoring/requests/listCategories";
import { bankQuery } from "@/shared/authoring/requests/readBank";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { MenuItem } from "@/shared/ui";
import { poolQuery } from "../api/countDrawable";
import { ItemRow, type ItemRowProps } from "./ItemRow";

/** Questions that are drawn at random, and how many there are to draw from. */
export function DrawRow({
  draw,
  onEdit,
  ...row
}: ItemRowProps & { draw: Draw; onEdit: () => void }) {
  const { t, i18n } = useTranslation("exams");
  const { t: words } = useTranslation("author");
  const bank = useQuery(bankQuery(draw.bank_id));
  const categories = useQuery({
    ...categoriesQuery(draw.bank_id),
    enabled: draw.category_id != null,
  });
  const pool = useQuery(poolQuery(draw));
  const category = categories.data?.find(({ id }) => id === draw.category_id);
  const from = [bank.data?.title, ...(category?.path ?? [])].filter(Boolean).join(" / ");
  const kinds = (draw.types ?? []).map((type) => words(`types.${type}`));
  const tags = (draw.tags ?? []).map((tag) => `#${tag}`);
  const name = t("draw.name", { count: draw.count });
  const short = pool.data !== undefined && !pool.data.more && pool.data.count < draw.count;
  return (
    <ItemRow
      {...row}
      name={name}
      acts={
        <MenuItem icon={<Pencil aria-hidden />} onSelect={onEdit}>
          {t("draw.edit")}
        </MenuItem>
      }
    >
      <Dices aria-hidden className="size-4 shrink-0 text-accent" />
      <button type="button" onClick={onEdit} className="min-w-0 flex-1 py-1 text-start">
        <span className="block font-medium underline-offset-4 hover:underline">{name}</span>
        <span className="block truncate text-sm text-muted">
          {[t("draw.from", { from }), ...kinds, ...tags].join(" · ")}
        </span>
      </button>
      {pool.data && (
        <span className={cx("tabular text-sm", short ? "font-medium text-danger" : "text-muted")}>
          {pool.data.more
            ? t("draw.ofMore", { count: pool.data.count })
            : t("draw.of", { count: pool.data.count })}
        </span>
      )}
      <span className="tabular w-24 shrink-0 text-end text-sm">
        {draw.points == null
          ? t("draw.ownPoints")
          : t("draw.each", { points: pointsText(draw.points, i18n.language) })}
      </span>
    </ItemRow>
  );
}
