import { useId } from "react";
import { useTranslation } from "@/shared/i18n";
import { RichText } from "@/shared/rich";
import { Button } from "@/shared/ui";
import { letterOf, OptionCard, tickClass } from "./OptionCard";
import type { InteractionProps } from "./types";

export function SingleChoice({
  interaction,
  response,
  onChange,
  askedBy,
}: InteractionProps<"single_choice">) {
  const { t } = useTranslation("attempt");
  const name = useId();
  return (
    <div className="flex flex-col items-start gap-3">
      <div role="radiogroup" aria-labelledby={askedBy} className="flex w-full flex-col gap-2.5">
        {interaction.options.map((option, index) => (
          <OptionCard
            key={option.id}
            letter={letterOf(index)}
            control={
              <input
                type="radio"
                name={name}
                checked={response.choice === option.id}
                onChange={() => onChange({ type: "single_choice", choice: option.id })}
                className={tickClass}
              />
            }
          >
            <RichText html={option.html} inline />
          </OptionCard>
        ))}
      </div>
      {response.choice !== null && (
        <Button
          look="quiet"
          size="sm"
          onClick={() => onChange({ type: "single_choice", choice: null })}
        >
          {t("clearAnswer")}
        </Button>
      )}
    </div>
  );
}
