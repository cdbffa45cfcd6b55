import { memo, type Ref, useCallback, useLayoutEffect, useState } from "react";
import { createPortal } from "react-dom";
import type { ClozeGap } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { drawMath } from "@/shared/rich";
import type { InteractionProps } from "./types";

/** A text with gaps. The text is HTML with places in it; the fields are drawn into the places. */
export function Cloze({
  interaction,
  response,
  onChange,
  onSettle,
  askedBy,
}: InteractionProps<"cloze">) {
  const [text, setText] = useState<HTMLElement | null>(null);
  const [places, setPlaces] = useState<ReadonlyMap<string, Element>>(new Map());
  // A layout effect, because the places exist once the text is drawn, and the fields should appear with it.
  useLayoutEffect(() => {
    if (text === null) return;
    const found = [...text.querySelectorAll("[data-gap]")].map(
      (place) => [place.getAttribute("data-gap") ?? "", place] as const,
    );
    setPlaces(new Map(found));
    void drawMath(text);
  }, [text]);
  const change = useCallback(
    (id: string, value: string) => {
      const gaps = { ...response.gaps, [id]: value };
      if (value === "") delete gaps[id];
      onChange({ type: "cloze", gaps });
    },
    [response.gaps, onChange],
  );
  return (
    <div role="group" aria-labelledby={askedBy}>
      <ClozeText key={interaction.html} ref={setText} html={interaction.html} />
      {interaction.gaps.map((gap, index) => {
        const place = places.get(gap.id);
        return (
          place &&
          createPortal(
            <Gap
              gap={gap}
              number={index + 1}
              value={response.gaps[gap.id] ?? ""}
              onChange={(value) => change(gap.id, value)}
              onSettle={onSettle}
            />,
            place,
            gap.id,
          )
        );
      })}
    </div>
  );
}

/** Drawn once per text: React must not touch what is inside, because the fields live there. */
const ClozeText = memo(function ClozeText({
  html,
  ref,
}: {
  html: string;
  ref: Ref<HTMLDivElement>;
}) {
  return (
    <div
      ref={ref}
      className="prose leading-[2.4]"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the server sanitises what authors write, and the content policy forbids scripts in it
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
});

const GAP_CHARS_MIN = 8;
const GAP_CHARS_SHOWN = 28;

function Gap({
  gap,
  number,
  value,
  onChange,
  onSettle,
}: {
  gap: ClozeGap;
  number: number;
  value: string;
  onChange: (value: string) => void;
  onSettle: () => void;
}) {
  const { t } = useTranslation("attempt");
  const label = t("cloze.gap", { number });
  const look = cx(
    "mx-1 inline-block min-h-9 max-w-full rounded-md border border-edge bg-surface px-2 align-baseline leading-normal text-ink",
    value !== "" && "border-accent bg-accent-soft",
  );
  if (gap.kind === "choice")
    return (
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={look}
      >
        <option value="">{t("choose")}</option>
        {gap.options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.text}
          </option>
        ))}
      </select>
    );
  return (
    <input
      type="text"
      aria-label={label}
      inputMode={gap.kind === "number" ? "decimal" : "text"}
      value={value}
      maxLength={gap.chars_max}
      size={Math.min(GAP_CHARS_SHOWN, Math.max(GAP_CHARS_MIN, value.length + 2))}
      onChange={(event) => onChange(event.target.value)}
      onBlur={onSettle}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      className={look}
    />
  );
}
