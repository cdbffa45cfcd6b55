import { useId } from "react";
import { useTranslation } from "@/shared/i18n";
import { RichText } from "@/shared/rich";
import { letterOf, OptionCard, tickClass } from "./OptionCard";
import type { InteractionProps } from "./types";

export function MultipleChoice({
  interaction,
  response,
  onChange,
  askedBy,
}: InteractionProps<"multiple_choice">) {
  const { t } = useTranslation("attempt");
  const hint = useId();
  const { options, choices_max: max } = interaction;
  const { choices } = response;
  const full = max !== null && choices.length >= max;
  const toggle = (id: string, on: boolean) => {
    const chosen = options
      .map((option) => option.id)
      .filter((other) => (other === id ? on : choices.includes(other)));
    onChange({ type: "multiple_choice", choices: chosen });
  };
  return (
    <div
      role="group"
      aria-labelledby={askedBy}
      aria-describedby={hint}
      className="flex flex-col gap-2.5"
    >
      <p id={hint} className="text-sm text-muted">
        {max === null
          ? t("multiple.any")
          : t("multiple.upTo", { count: max, chosen: choices.length })}
      </p>
      {options.map((option, index) => {
        const chosen = choices.includes(option.id);
        const shut = full && !chosen;
        return (
          <OptionCard
            key={option.id}
            letter={letterOf(index)}
            dimmed={shut}
            control={
              <input
                type="checkbox"
                checked={chosen}
                disabled={shut}
                onChange={(event) => toggle(option.id, event.target.checked)}
                className={tickClass}
              />
            }
          >
            <RichText html={option.html} inline />
          </OptionCard>
        );
      })}
    </div>
  );
}
