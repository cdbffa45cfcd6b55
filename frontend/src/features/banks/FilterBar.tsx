import { X } from "lucide-react";
import { useState } from "react";
import type { Tag } from "@/shared/api";
import { QUESTION_TYPES } from "@/shared/authoring/questionTypes";
import { useTranslation } from "@/shared/i18n";
import { Button, SearchField, Select } from "@/shared/ui";
import { type BankFilter, isNarrowed } from "./filter";

const STATUSES = ["ready", "draft", "archived"] as const;
/** Typing has to pause this long before the list follows. */
const SETTLED_AFTER_MS = 250;

/** What narrows the list of questions. */
export function FilterBar({
  filter,
  tags,
  onChange,
}: {
  filter: BankFilter;
  tags: readonly Tag[];
  onChange: (filter: BankFilter) => void;
}) {
  const { t } = useTranslation("banks");
  const { t: words } = useTranslation("author");
  const chosen = filter.tags ?? [];
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Search
          value={filter.q ?? ""}
          onSettled={(q) => onChange(set(filter, "q", q === "" ? undefined : q))}
        />
        <Select
          label={t("filter.type")}
          labelHidden
          className="w-44"
          placeholder={t("filter.anyType")}
          value={filter.type ?? ""}
          options={QUESTION_TYPES.map((type) => ({ value: type, label: words(`types.${type}`) }))}
          onChange={(type) => onChange(set(filter, "type", type === "" ? undefined : type))}
        />
        <Select
          label={t("filter.status")}
          labelHidden
          className="w-40"
          placeholder={t("filter.anyStatus")}
          value={filter.status ?? ""}
          options={STATUSES.map((status) => ({
            value: status,
            label: t(`filter.statuses.${status}`),
          }))}
          onChange={(status) => onChange(set(filter, "status", status === "" ? undefined : status))}
        />
        {tags.length > 0 && (
          <Select
            label={t("filter.tag")}
            labelHidden
            className="w-40"
            placeholder={t("filter.addTag")}
            value=""
            options={tags
              .filter(({ tag }) => !chosen.includes(tag))
              .map(({ tag, questions }) => ({ value: tag, label: `${tag} (${questions})` }))}
            onChange={(tag) => tag !== "" && onChange({ ...filter, tags: [...chosen, tag] })}
          />
        )}
        {isNarrowed({ ...filter, category: "" }) && (
          <Button
            look="quiet"
            size="sm"
            onClick={() => onChange(filter.category ? { category: filter.category } : {})}
          >
            {t("filter.clear")}
          </Button>
        )}
      </div>
      {chosen.length > 0 && (
        <ul aria-label={t("filter.tags")} className="flex flex-wrap gap-1.5">
          {chosen.map((tag) => (
            <li key={tag}>
              <button
                type="button"
                aria-label={t("filter.removeTag", { tag })}
                onClick={() =>
                  onChange(
                    set(
                      filter,
                      "tags",
                      chosen.length === 1 ? undefined : chosen.filter((other) => other !== tag),
                    ),
                  )
                }
                className="inline-flex items-center gap-1 rounded-full bg-accent-soft px-2.5 py-0.5 text-sm font-medium text-accent hover:line-through"
              >
                {tag}
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function set<K extends keyof BankFilter>(
  filter: BankFilter,
  name: K,
  value: BankFilter[K] | undefined,
): BankFilter {
  const { [name]: _, ...rest } = filter;
  return value === undefined ? (rest as BankFilter) : { ...rest, [name]: value };
}

/** The box follows the typing, the list follows the box when the typing pauses. */
function Search({ value, onSettled }: { value: string; onSettled: (text: string) => void }) {
  const { t } = useTranslation("banks");
  const [typed, setTyped] = useState(value);
  const [before, setBefore] = useState(value);
  // The filter was changed by something else than this box, such as "show all".
  if (value !== before) {
    setBefore(value);
    if (value !== typed.trim()) setTyped(value);
  }
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout> | undefined>();
  return (
    <SearchField
      label={t("filter.search")}
      className="min-w-56 flex-1"
      value={typed}
      maxLength={200}
      onChange={(text) => {
        setTyped(text);
        clearTimeout(timer);
        setTimer(setTimeout(() => onSettled(text.trim()), SETTLED_AFTER_MS));
      }}
    />
  );
}
