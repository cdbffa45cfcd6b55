import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { NumberWithUsual } from "@/shared/authoring/NumberWithUsual";
import { categoriesQuery } from "@/shared/authoring/requests/listCategories";
import { stimuliQuery } from "@/shared/authoring/requests/listStimuli";
import { tagsQuery } from "@/shared/authoring/requests/listTags";
import { TagField } from "@/shared/authoring/TagField";
import { useTranslation } from "@/shared/i18n";
import { Disclosure, Select, TextField } from "@/shared/ui";
import type { Draft } from "./draft";
import { Spot } from "./findings";

const TITLE_CHARS_MAX = 200;

/** What a question is called, worth, and found under. None of it is shown to candidates but the points. */
export function DetailsCard({
  bankId,
  draft,
  onChange,
}: {
  bankId: string;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}) {
  const { t } = useTranslation("questions");
  const categories = useQuery(categoriesQuery(bankId));
  const tags = useQuery(tagsQuery(bankId));
  const stimuli = useInfiniteQuery(stimuliQuery(bankId));
  const shared = stimuli.data?.pages.flatMap((page) => page.items) ?? [];
  const asks = draft.question.body.type !== "description";
  return (
    <section
      aria-label={t("details.label")}
      className="grid gap-x-4 gap-y-4 rounded-lg border border-line bg-surface p-5 shadow-card sm:grid-cols-6"
    >
      <TextField
        className={asks ? "sm:col-span-5" : "sm:col-span-6"}
        label={t("details.title")}
        optional={t("optional")}
        placeholder={t("details.titlePlaceholder")}
        value={draft.title}
        maxLength={TITLE_CHARS_MAX}
        onChange={(event) => onChange({ title: event.target.value })}
      />
      {asks && (
        <Spot path="points">
          {(error) => (
            <NumberWithUsual
              label={t("details.points")}
              error={error}
              notANumber={t("notANumber")}
              value={draft.points}
              usual={0}
              onChange={(points) => onChange({ points })}
            />
          )}
        </Spot>
      )}
      <Spot path="category_id" className="sm:col-span-3">
        {(error) => (
          <Select
            label={t("details.category")}
            placeholder={t("details.noCategory")}
            value={draft.category_id ?? ""}
            options={(categories.data ?? []).map((category) => ({
              value: category.id,
              label: category.path.join(" / "),
            }))}
            error={error}
            onChange={(id) => onChange({ category_id: id === "" ? null : id })}
          />
        )}
      </Spot>
      <Spot path="tags" className="sm:col-span-3">
        {(error) => (
          <TagField
            label={t("details.tags")}
            tags={draft.tags}
            known={(tags.data ?? []).map(({ tag }) => tag)}
            error={error}
            onChange={(next) => onChange({ tags: next })}
          />
        )}
      </Spot>
      <Disclosure
        className="sm:col-span-6"
        summary={t("details.more")}
        open={draft.stimulus_id !== null}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Spot path="stimulus_id">
            {(error) => (
              <Select
                label={t("details.stimulus")}
                hint={t("details.stimulusHint")}
                placeholder={t("details.noStimulus")}
                value={draft.stimulus_id ?? ""}
                options={shared.map((stimulus) => ({
                  value: stimulus.id,
                  label: stimulus.title || stimulus.excerpt,
                }))}
                error={error}
                onChange={(id) => onChange({ stimulus_id: id === "" ? null : id })}
              />
            )}
          </Spot>
          <TextField
            label={t("details.idnumber")}
            optional={t("optional")}
            hint={t("details.idnumberHint")}
            value={draft.idnumber ?? ""}
            maxLength={100}
            onChange={(event) => onChange({ idnumber: event.target.value })}
          />
        </div>
      </Disclosure>
    </section>
  );
}
