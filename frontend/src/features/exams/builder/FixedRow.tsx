import { Link } from "@tanstack/react-router";
import { Pencil } from "lucide-react";
import type { FixedQuestion } from "@/shared/api";
import { pointsText } from "@/shared/authoring/points";
import { QuestionTypeMark } from "@/shared/authoring/QuestionTypeMark";
import { useTranslation } from "@/shared/i18n";
import { Badge, buttonClass, NumberField } from "@/shared/ui";
import type { Known } from "../api/readSummaries";
import { ItemRow, type ItemRowProps } from "./ItemRow";

/** A question that stands in every form. */
export function FixedRow({
  item,
  question,
  onPoints,
  ...row
}: ItemRowProps & {
  item: FixedQuestion;
  /** Nothing while it is fetched, or when it can't be read any more. */
  question: Known | undefined;
  onPoints: (points: number | null) => void;
}) {
  const { t, i18n } = useTranslation("exams");
  const name = question?.title || question?.excerpt || t("item.unknown");
  const asks = question?.question_type !== "description";
  return (
    <ItemRow {...row} name={name}>
      {question && <QuestionTypeMark type={question.question_type} />}
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{name}</p>
        {question?.title && <p className="truncate text-sm text-muted">{question.excerpt}</p>}
      </div>
      {question?.archived_at ? (
        <Badge tone="warn">{t("item.archived")}</Badge>
      ) : (
        question?.ready_version === null && <Badge tone="danger">{t("item.notReady")}</Badge>
      )}
      <Link
        to="/author/questions/$questionId"
        params={{ questionId: item.question_id }}
        target="_blank"
        aria-label={t("item.open", { name })}
        title={t("item.open", { name })}
        className={`${buttonClass("quiet", "sm")} w-8 px-0! text-muted! max-sm:hidden`}
      >
        <Pencil aria-hidden />
      </Link>
      {asks && (
        <NumberField
          className="w-24 shrink-0"
          label={t("item.points", { name })}
          labelHidden
          unit={t("item.pointsUnit")}
          placeholder={question && pointsText(question.points, i18n.language)}
          notANumber={t("notANumber")}
          value={item.points ?? null}
          onChange={onPoints}
          controlClassName="min-h-8 text-end"
        />
      )}
    </ItemRow>
  );
}
