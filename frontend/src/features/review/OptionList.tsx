import { Circle, CircleDot, Square, SquareCheck } from "lucide-react";
import type { Interaction, QuestionResponse } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { RichText } from "@/shared/rich";
import { Badge } from "@/shared/ui";

type OfChoices = Interaction & { type: "single_choice" | "multiple_choice" | "true_false" };

export function hasOptions(interaction: Interaction): interaction is OfChoices {
  return ["single_choice", "multiple_choice", "true_false"].includes(interaction.type);
}

/** All that could be chosen: what was, and what is right where that is shown. Words say it, not colours alone. */
export function OptionList({
  interaction,
  response,
  right,
}: {
  interaction: OfChoices;
  response: QuestionResponse | null;
  right: QuestionResponse | null;
}) {
  const { t } = useTranslation("review");
  const chosen = chosenIn(response);
  const key = chosenIn(right);
  const options =
    interaction.type === "true_false"
      ? [
          { id: "true", html: t("true") },
          { id: "false", html: t("false") },
        ]
      : interaction.options;
  const [Chosen, Other] =
    interaction.type === "multiple_choice" ? [SquareCheck, Square] : [CircleDot, Circle];
  return (
    <div className="mt-4">
      {!options.some(({ id }) => chosen.includes(id)) && (
        <p className="mb-2 text-muted italic">{t("noAnswer")}</p>
      )}
      <ul className="flex flex-col gap-2">
        {options.map(({ id, html }) => {
          const mine = chosen.includes(id);
          const Mark = mine ? Chosen : Other;
          return (
            <li
              key={id}
              className={cx(
                "flex flex-wrap items-start gap-x-3 gap-y-1 rounded-lg border px-4 py-2.5",
                mine ? "border-edge bg-sunken" : "border-line",
              )}
            >
              <Mark
                aria-hidden
                className={cx("mt-1 size-4 shrink-0", mine ? "text-ink" : "text-muted")}
              />
              <span className="min-w-0 flex-1">
                <RichText html={html} inline />
              </span>
              <span className="flex flex-wrap gap-2 pt-0.5">
                {mine && <Badge tone="accent">{t("yours")}</Badge>}
                {key.includes(id) && <Badge tone="safe">{t("right")}</Badge>}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function chosenIn(response: QuestionResponse | null): readonly string[] {
  switch (response?.type) {
    case "single_choice":
      return response.choice == null ? [] : [response.choice];
    case "multiple_choice":
      return response.choices;
    case "true_false":
      return response.value == null ? [] : [String(response.value)];
    default:
      return [];
  }
}
