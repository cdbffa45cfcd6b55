import { useTranslation } from "@/shared/i18n";
import { RadioGroup } from "@/shared/ui";
import { Spot } from "../findings";
import { useFeedback } from "../parts";
import type { TypeProps } from "./props";

/** Which of the two is right. A new question has no answer until the author gives one. */
export function TrueFalseKeyEditor({
  body,
  scheme,
  onChange,
  undecided,
  onDecide,
}: TypeProps<"true_false"> & { undecided: boolean; onDecide: () => void }) {
  const { t } = useTranslation("questions");
  const become = (change: Partial<typeof scheme>) =>
    onChange({ body, scheme: { ...scheme, ...change } });
  const saidTrue = useFeedback({
    name: t("truth.true"),
    path: "key.scheme.feedback_true",
    value: scheme.feedback_true,
    onChange: (text) => become({ feedback_true: text }),
  });
  const saidFalse = useFeedback({
    name: t("truth.false"),
    path: "key.scheme.feedback_false",
    value: scheme.feedback_false,
    onChange: (text) => become({ feedback_false: text }),
  });
  return (
    <>
      <Spot path="key.scheme.right">
        {(error) => (
          <RadioGroup
            label={t("truth.label")}
            inline
            value={undecided ? null : scheme.right ? "true" : "false"}
            options={[
              { value: "true", label: t("truth.true") },
              { value: "false", label: t("truth.false") },
            ]}
            onChange={(value) => {
              become({ right: value === "true" });
              onDecide();
            }}
            error={error}
          />
        )}
      </Spot>
      <div className="flex flex-col gap-2">
        {[saidTrue, saidFalse].map(({ button, field }, place) => (
          <div key={place === 0 ? "true" : "false"} className="flex items-start gap-2">
            <span className="flex min-h-10 w-48 shrink-0 items-center text-sm text-muted">
              {place === 0 ? t("truth.saidTrue") : t("truth.saidFalse")}
            </span>
            {button}
            <div className="min-w-0 flex-1">{field}</div>
          </div>
        ))}
      </div>
    </>
  );
}
