import { ArrowRight } from "lucide-react";
import type { VersionChange } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Badge, type Tone } from "@/shared/ui";
import { useFieldName } from "./fieldName";
import { useValueText } from "./valueText";

const TONES = {
  added: "safe",
  removed: "danger",
  changed: "accent",
  reordered: "accent",
} as const satisfies Record<VersionChange["kind"], Tone>;

/** What differs between two versions, as a person would say it. */
export function Changes({ changes }: { changes: readonly VersionChange[] }) {
  const { t } = useTranslation("questions");
  const fieldName = useFieldName();
  if (changes.length === 0) return <p className="text-muted">{t("diff.none")}</p>;
  return (
    <ul className="flex flex-col divide-y divide-line rounded-lg border border-line">
      {changes.map((change) => (
        <li key={`${change.field}${change.kind}`} className="flex flex-col gap-1.5 px-4 py-3">
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{fieldName(change.field)}</span>
            <Badge tone={TONES[change.kind]}>{t(`diff.kinds.${change.kind}`)}</Badge>
          </p>
          <Difference change={change} />
        </li>
      ))}
    </ul>
  );
}

function Difference({ change }: { change: VersionChange }) {
  const { t } = useTranslation("questions");
  const valueText = useValueText();
  if (change.words !== null)
    return (
      <p className="leading-relaxed break-words whitespace-pre-wrap">
        {change.words.map((piece, place) => {
          // Pieces have no id, and the list never changes.
          const key = `${place}${piece.kind}`;
          if (piece.kind === "added")
            return (
              <ins key={key} className="rounded-sm bg-safe-soft px-0.5 text-safe">
                {piece.text}
              </ins>
            );
          if (piece.kind === "removed")
            return (
              <del key={key} className="rounded-sm bg-danger-soft px-0.5 text-danger">
                {piece.text}
              </del>
            );
          return <span key={key}>{piece.text}</span>;
        })}
      </p>
    );
  const before = valueText(change.field, change.before);
  const after = valueText(change.field, change.after);
  if (change.kind === "added") return <p className="break-words text-safe">{after}</p>;
  if (change.kind === "removed")
    return (
      <p className="break-words text-danger">
        <del>{before}</del>
      </p>
    );
  return (
    <p className="flex flex-wrap items-center gap-2 break-words">
      <del className="text-danger">{before}</del>
      <ArrowRight aria-label={t("diff.becomes")} className="size-4 text-muted" />
      <ins className="text-safe no-underline">{after}</ins>
    </p>
  );
}
