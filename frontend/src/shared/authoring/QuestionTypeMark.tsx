import {
  CircleDot,
  FileUp,
  Hash,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  PenLine,
  ScrollText,
  SquareDashed,
  TextCursorInput,
  ToggleLeft,
  Waypoints,
} from "lucide-react";
import type { QuestionType } from "../api";
import { useTranslation } from "../i18n";
import { cx } from "../lib/cx";

export const TYPE_ICONS: Record<QuestionType, LucideIcon> = {
  single_choice: CircleDot,
  multiple_choice: ListChecks,
  true_false: ToggleLeft,
  short_text: TextCursorInput,
  numeric: Hash,
  cloze: SquareDashed,
  matching: Waypoints,
  ordering: ListOrdered,
  essay: PenLine,
  file_upload: FileUp,
  description: ScrollText,
};

/** The sign of a question's type, with its name beside it or spoken only. */
export function QuestionTypeMark({
  type,
  named = false,
  className,
}: {
  type: QuestionType;
  named?: boolean;
  className?: string;
}) {
  const { t } = useTranslation("author");
  const Icon = TYPE_ICONS[type];
  const name = t(`types.${type}`);
  return (
    <span
      title={named ? undefined : name}
      className={cx("inline-flex items-center gap-1.5 whitespace-nowrap text-muted", className)}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className={named ? "text-sm" : "sr-only"}>{name}</span>
    </span>
  );
}
