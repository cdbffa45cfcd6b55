import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { Draw, QuestionType } from "@/shared/api";
import { QUESTION_TYPES } from "@/shared/authoring/questionTypes";
import { banksQuery } from "@/shared/authoring/requests/listBanks";
import { categoriesQuery } from "@/shared/authoring/requests/listCategories";
import { tagsQuery } from "@/shared/authoring/requests/listTags";
import { TagField } from "@/shared/authoring/TagField";
import { useTranslation } from "@/shared/i18n";
import { Banner, Button, Checkbox, Dialog, findSlip, NumberField, Select } from "@/shared/ui";
import { poolQuery } from "../api/countDrawable";

const COUNT_MAX = 500;
const COUNT_DEFAULT = 5;

/** Which questions are drawn at random, and how many. */
export function DrawDialog({
  draw,
  onDone,
  onClose,
}: {
  /** The draw to change; null makes one. */
  draw: Draw | null;
  onDone: (draw: Draw) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("exams");
  const { t: words } = useTranslation("author");
  const form = useId();
  const banks = useInfiniteQuery(banksQuery());
  const all = banks.data?.pages.flatMap((page) => page.items) ?? [];
  const [bankId, setBankId] = useState(draw?.bank_id ?? "");
  const [category, setCategory] = useState(draw?.category_id ?? "");
  const [tags, setTags] = useState<string[]>(draw?.tags ?? []);
  const [types, setTypes] = useState<QuestionType[]>(draw?.types ?? []);
  const [count, setCount] = useState<number | null>(draw?.count ?? COUNT_DEFAULT);
  const [points, setPoints] = useState<number | null>(draw?.points ?? null);
  const bank = bankId || (all[0]?.id ?? "");
  const categories = useQuery({ ...categoriesQuery(bank), enabled: bank !== "" });
  const known = useQuery({ ...tagsQuery(bank), enabled: bank !== "" });
  const whole = count !== null && Number.isInteger(count) && count >= 1 && count <= COUNT_MAX;
  const wanted: Draw = {
    bank_id: bank,
    category_id: category === "" ? null : category,
    tags,
    types,
    count: count ?? COUNT_DEFAULT,
    points,
  };
  const pool = useQuery(poolQuery(wanted));
  const short = whole && pool.data !== undefined && !pool.data.more && pool.data.count < count;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    if (findSlip(event.currentTarget) === null && whole && bank !== "") onDone(wanted);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={draw === null ? t("draw.add") : t("draw.edit")}
      description={t("draw.lead")}
      width="lg"
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form={form} disabled={!whole || bank === ""}>
            {draw === null ? t("draw.put") : t("draw.change")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="mt-4 flex flex-col gap-5">
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label={t("draw.bank")}
            value={bank}
            options={all.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(id) => {
              setBankId(id);
              setCategory("");
              setTags([]);
            }}
          />
          <Select
            label={t("draw.category")}
            placeholder={t("draw.anyCategory")}
            value={category}
            options={(categories.data ?? []).map(({ id, path }) => ({
              value: id,
              label: path.join(" / "),
            }))}
            onChange={setCategory}
          />
        </div>
        <TagField
          label={t("draw.tags")}
          hint={t("draw.tagsHint")}
          tags={tags}
          known={(known.data ?? []).map(({ tag }) => tag)}
          onChange={setTags}
        />
        <fieldset>
          <legend className="mb-1.5 font-medium">{t("draw.types")}</legend>
          <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2 md:grid-cols-3">
            {QUESTION_TYPES.filter((type) => type !== "description").map((type) => (
              <Checkbox
                key={type}
                label={words(`types.${type}`)}
                checked={types.includes(type)}
                onChange={(checked) =>
                  setTypes(checked ? [...types, type] : types.filter((other) => other !== type))
                }
              />
            ))}
          </div>
          <p className="mt-1.5 text-sm text-muted">{t("draw.typesHint")}</p>
        </fieldset>
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberField
            label={t("draw.count")}
            error={whole ? undefined : t("draw.countRange", { most: COUNT_MAX })}
            notANumber={t("notANumber")}
            value={count}
            onChange={setCount}
          />
          <NumberField
            label={t("draw.points")}
            optional={t("optional")}
            hint={t("draw.pointsHint")}
            notANumber={t("notANumber")}
            value={points}
            onChange={setPoints}
          />
        </div>
        <div role="status">
          {pool.data && (
            <Banner tone={short ? "danger" : "info"} live={false}>
              {pool.data.more
                ? t("draw.poolMore", { count: pool.data.count })
                : short
                  ? t("draw.poolShort", { count: pool.data.count })
                  : t("draw.pool", { count: pool.data.count })}
            </Banner>
          )}
        </div>
      </form>
    </Dialog>
  );
}
