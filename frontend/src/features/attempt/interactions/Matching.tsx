import { useId } from "react";
import { useTranslation } from "@/shared/i18n";
import { needsDrawing, plainText, RichText } from "@/shared/rich";
import { controlClass } from "@/shared/ui";
import { letterOf } from "./OptionCard";
import type { InteractionProps } from "./types";

/** Each prompt gets a target from a list. Targets that are more than words stand lettered beside it. */
export function Matching({
  interaction,
  response,
  onChange,
  askedBy,
}: InteractionProps<"matching">) {
  const { t } = useTranslation("attempt");
  const id = useId();
  const { prompts, targets } = interaction;
  const lettered = targets.some((target) => needsDrawing(target.html));
  const choose = (prompt: string, target: string) => {
    const pairs = { ...response.pairs, [prompt]: target };
    if (target === "") delete pairs[prompt];
    onChange({ type: "matching", pairs });
  };
  return (
    <div role="group" aria-labelledby={askedBy} className="flex flex-col gap-4">
      {lettered && (
        <ul
          aria-label={t("matching.targets")}
          className="grid gap-2 rounded-lg bg-sunken p-4 sm:grid-cols-2"
        >
          {targets.map((target, index) => (
            <li key={target.id} className="flex gap-2.5">
              <span className="font-semibold text-muted">{letterOf(index)}</span>
              <RichText html={target.html} inline />
            </li>
          ))}
        </ul>
      )}
      <ul className="flex flex-col gap-2.5">
        {prompts.map((prompt) => (
          <li
            key={prompt.id}
            className="grid items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-surface px-4 py-3 sm:grid-cols-2"
          >
            <label htmlFor={`${id}-${prompt.id}`}>
              <RichText html={prompt.html} inline />
            </label>
            <select
              id={`${id}-${prompt.id}`}
              // A prompt may be a picture without words, or not be written yet.
              aria-label={plainText(prompt.html) === "" ? t("choose") : undefined}
              value={response.pairs[prompt.id] ?? ""}
              onChange={(event) => choose(prompt.id, event.target.value)}
              className={controlClass}
            >
              <option value="">{t("choose")}</option>
              {targets.map((target, index) => (
                <option key={target.id} value={target.id}>
                  {lettered
                    ? [letterOf(index), plainText(target.html)].filter(Boolean).join(" · ")
                    : plainText(target.html)}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
    </div>
  );
}
