import { CircleCheck, ListTodo } from "lucide-react";
import type { FieldFinding } from "@/shared/api";
import { useFindingText } from "@/shared/authoring/findingText";
import { useTranslation } from "@/shared/i18n";

/** What is missing before the question may be asked; each entry leads to its field. */
export function FindingsNote({
  findings,
  onPlace,
}: {
  findings: readonly FieldFinding[];
  onPlace: (path: string) => void;
}) {
  const { t } = useTranslation("questions");
  const text = useFindingText();
  if (findings.length === 0)
    return (
      <p className="flex items-center gap-2 text-sm font-medium text-safe">
        <CircleCheck aria-hidden className="size-4" />
        {t("findings.none")}
      </p>
    );
  return (
    <section
      aria-label={t("findings.title")}
      className="rounded-lg border border-line bg-surface p-4 shadow-card"
    >
      <h2 className="flex items-center gap-2 font-semibold">
        <ListTodo aria-hidden className="size-4 text-warn" />
        {t("findings.title")}
      </h2>
      <ul className="mt-2 flex flex-col gap-1 text-sm">
        {findings.map((finding) => (
          <li key={`${finding.field}${finding.code}${finding.message}`}>
            <button
              type="button"
              onClick={() => onPlace(finding.field ?? "")}
              className="text-start underline-offset-4 hover:underline"
            >
              <span className="text-muted">{t(placeKey(finding.field ?? ""))}: </span>
              {text(finding)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

type PlaceKey = Parameters<ReturnType<typeof useTranslation<"questions">>["t"]>[0] &
  `place.${string}`;

/** Which part of the page a path lies in, as a person names it. */
function placeKey(path: string): PlaceKey {
  if (path.startsWith("question.stem")) return "place.stem";
  if (path.startsWith("question.body.options")) return "place.options";
  if (/^question\.body\.(prompts|targets)/.test(path)) return "place.matching";
  if (path.startsWith("question.body.items")) return "place.items";
  if (/^question\.body\.(gaps|text)/.test(path)) return "place.cloze";
  if (path.startsWith("question")) return "place.question";
  if (path.startsWith("key")) return "place.key";
  return "place.details";
}
