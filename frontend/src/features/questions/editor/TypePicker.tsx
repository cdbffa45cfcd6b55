import { Link } from "@tanstack/react-router";
import { TYPE_ICONS } from "@/shared/authoring/QuestionTypeMark";
import { QUESTION_TYPES } from "@/shared/authoring/questionTypes";
import { useTranslation } from "@/shared/i18n";

/** The first decision about a new question. */
export function TypePicker({
  bankId,
  categoryId,
}: {
  bankId: string;
  categoryId: string | undefined;
}) {
  const { t } = useTranslation("author");
  return (
    <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {QUESTION_TYPES.map((type) => {
        const Icon = TYPE_ICONS[type];
        return (
          <li key={type}>
            <Link
              to="/author/banks/$bankId/new"
              params={{ bankId }}
              search={{ type, ...(categoryId !== undefined && { category: categoryId }) }}
              className="flex h-full items-start gap-4 rounded-lg border border-line bg-surface p-4 shadow-card transition-colors hover:border-accent hover:bg-accent-soft"
            >
              <span className="rounded-md bg-accent-soft p-2 text-accent">
                <Icon aria-hidden className="size-6" />
              </span>
              <span>
                <span className="block font-semibold">{t(`types.${type}`)}</span>
                <span className="text-sm text-muted">{t(`typeLeads.${type}`)}</span>
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
