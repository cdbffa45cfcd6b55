import { Plus } from "lucide-react";
import type { ExamCheck } from "@/shared/api";
import { moved, SortableList } from "@/shared/authoring/SortableList";
import { useTranslation } from "@/shared/i18n";
import { Button } from "@/shared/ui";
import type { Known } from "../api/readSummaries";
import { type ExamDraft, newSection } from "./draft";
import { SectionCard } from "./SectionCard";

const SECTIONS_MAX = 50;

/** The exam's sections, in order. */
export function PaperTab({
  draft,
  known,
  check,
  onChange,
  onPicked,
}: {
  draft: ExamDraft;
  known: ReadonlyMap<string, Known>;
  /** What the server says of the draft as it stands; nothing while it is being changed. */
  check: ExamCheck | undefined;
  onChange: (draft: ExamDraft) => void;
  onPicked: (questions: readonly Known[]) => void;
}) {
  const { t } = useTranslation("exams");
  const several = draft.sections.length > 1;
  const name = (place: number) =>
    draft.sections[place]?.section.title || t("section.name", { number: place + 1 });
  return (
    <div data-spot="sections" className="flex flex-col gap-5">
      <SortableList
        label={t("section.list")}
        items={draft.sections}
        itemKey={({ key }) => key}
        itemName={(_, place) => name(place)}
        onMove={(from, to) => onChange({ ...draft, sections: moved(draft.sections, from, to) })}
        className="gap-5!"
      >
        {(section, place, handle) => (
          <SectionCard
            draft={draft}
            part={section}
            place={place}
            name={name(place)}
            handle={several ? handle : null}
            known={known}
            findings={check?.findings ?? []}
            onChange={onChange}
            onPicked={onPicked}
          />
        )}
      </SortableList>
      <Button
        icon={<Plus aria-hidden />}
        className="self-start"
        disabled={draft.sections.length >= SECTIONS_MAX}
        onClick={() => onChange({ ...draft, sections: [...draft.sections, newSection()] })}
      >
        {t("section.add")}
      </Button>
    </div>
  );
}
