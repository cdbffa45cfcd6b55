import { useId } from "react";
import { useTranslation } from "@/shared/i18n";
import { Button } from "@/shared/ui";
import { OptionCard, tickClass } from "./OptionCard";
import type { InteractionProps } from "./types";

export function TrueFalse({ response, onChange, askedBy }: InteractionProps<"true_false">) {
  const { t } = useTranslation("attempt");
  const name = useId();
  return (
    <div className="flex flex-col items-start gap-3">
      <div
        role="radiogroup"
        aria-labelledby={askedBy}
        className="grid w-full gap-2.5 sm:grid-cols-2"
      >
        {[true, false].map((value) => (
          <OptionCard
            key={String(value)}
            control={
              <input
                type="radio"
                name={name}
                checked={response.value === value}
                onChange={() => onChange({ type: "true_false", value })}
                className={tickClass}
              />
            }
          >
            {value ? t("trueFalse.true") : t("trueFalse.false")}
          </OptionCard>
        ))}
      </div>
      {response.value !== null && (
        <Button
          look="quiet"
          size="sm"
          onClick={() => onChange({ type: "true_false", value: null })}
        >
          {t("clearAnswer")}
        </Button>
      )}
    </div>
  );
}
