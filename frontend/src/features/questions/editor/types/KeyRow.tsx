import type { ReactNode } from "react";
import type { RichText } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { Letter, snippet, useFeedback } from "../parts";

/** One option in the key: whether it is right, what it is worth, what is said to those who choose it. */
export function KeyRow({
  id,
  letter,
  name,
  text,
  right,
  control,
  worth,
  path,
  feedback,
  onFeedback,
}: {
  id: string;
  letter: string;
  name: string;
  text: RichText | string;
  right: boolean;
  /** What says that it is right; labelled by the text beside it. */
  control?: (id: string) => ReactNode;
  worth?: ReactNode;
  path: string;
  feedback: RichText | null | undefined;
  onFeedback: (feedback: RichText | null) => void;
}) {
  const { t } = useTranslation("questions");
  const said = useFeedback({
    name,
    path: `${path}.feedback.${id}`,
    value: feedback,
    onChange: onFeedback,
  });
  const words = snippet(text);
  return (
    <li
      className={cx(
        "flex flex-col gap-2 rounded-md border px-3 py-1.5",
        right ? "border-safe bg-safe-soft" : "border-line",
      )}
    >
      <div className="flex items-center gap-2">
        {control?.(`${path}-${id}`)}
        <Letter>{letter}</Letter>
        <label
          htmlFor={control && `${path}-${id}`}
          className={cx("min-w-0 flex-1 py-1.5 break-words", words === "" && "text-muted italic")}
        >
          {words === "" ? t("option.empty") : words}
        </label>
        {worth}
        {said.button}
      </div>
      {said.field}
    </li>
  );
}

/** A record with an entry set, or taken out when there is nothing to say. */
export function withFeedback(
  feedback: Readonly<Record<string, RichText>> | undefined,
  id: string,
  text: RichText | null,
): { feedback: Record<string, RichText> } {
  const { [id]: _, ...rest } = feedback ?? {};
  return { feedback: text === null ? rest : { ...rest, [id]: text } };
}
