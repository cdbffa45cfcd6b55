import type { Exam, ExamDefinition, ExamItem, ExamSection, QuestionType } from "@/shared/api";
import type { Known } from "../api/readSummaries";

/** An item with a key of its own, so that a row stays the same row wherever it is moved. */
export interface DraftItem {
  readonly key: string;
  readonly item: ExamItem;
}
export interface DraftSection {
  readonly key: string;
  readonly section: Omit<ExamSection, "items">;
  readonly items: readonly DraftItem[];
}
export interface ExamDraft {
  readonly title: string;
  readonly rules: Omit<ExamDefinition, "sections">;
  readonly sections: readonly DraftSection[];
}

let issued = 0;
export function issueKey(): string {
  issued += 1;
  return `part-${issued}`;
}

export function draftOf({ title, definition }: Pick<Exam, "title" | "definition">): ExamDraft {
  const { sections, ...rules } = definition;
  return {
    title,
    rules,
    sections: sections.map(({ items, ...section }) => ({
      key: issueKey(),
      section,
      items: items.map((item) => ({ key: issueKey(), item })),
    })),
  };
}

export function definitionOf({ rules, sections }: ExamDraft): ExamDefinition {
  return {
    ...rules,
    sections: sections.map(({ section, items }) => ({
      ...section,
      items: items.map(({ item }) => item),
    })),
  };
}

/** The same for two drafts exactly when the server would store the same. */
export function fingerprint(draft: ExamDraft): string {
  return JSON.stringify([draft.title.trim(), definitionOf(draft)]);
}

export function newSection(): DraftSection {
  return {
    key: issueKey(),
    section: {
      title: "",
      instructions: "",
      navigation: "free",
      shuffle_questions: false,
      shuffle_options: true,
    },
    items: [],
  };
}

/** The draft with another section in the place of the one with this key; none takes it out. */
export function withSection(
  draft: ExamDraft,
  key: string,
  change: (section: DraftSection) => DraftSection | null,
): ExamDraft {
  return {
    ...draft,
    sections: draft.sections.flatMap((section) =>
      section.key === key ? (change(section) ?? []) : [section],
    ),
  };
}

/** Puts an item behind the last one of another section. */
export function moveItem(draft: ExamDraft, itemKey: string, toSection: string): ExamDraft {
  const moved = draft.sections.flatMap(({ items }) => items).find(({ key }) => key === itemKey);
  if (moved === undefined) return draft;
  return {
    ...draft,
    sections: draft.sections.map((section) => {
      const items = section.items.filter(({ key }) => key !== itemKey);
      return { ...section, items: section.key === toSection ? [...items, moved] : items };
    }),
  };
}

/** Ids of the questions that the draft names, each once. */
export function fixedIds(draft: ExamDraft): string[] {
  const ids = draft.sections.flatMap(({ items }) =>
    items.flatMap(({ item }) => (item.type === "fixed" ? [item.question_id] : [])),
  );
  return [...new Set(ids)];
}

/** Minutes that a candidate needs for a question of each type: what authors reckon with when they know no better. */
const MINUTES: Record<QuestionType, number> = {
  single_choice: 1,
  multiple_choice: 1.5,
  true_false: 0.5,
  short_text: 1,
  numeric: 2,
  cloze: 2,
  matching: 2,
  ordering: 1.5,
  essay: 15,
  file_upload: 20,
  description: 0.5,
};
const MINUTES_UNKNOWN = 1.25;

export interface Totals {
  /** Questions that a candidate answers. */
  questions: number;
  /** What a perfect attempt scores, as far as it is known. */
  points: number;
  /** Some draw leaves the points to the questions that it will find. */
  pointsOpen: boolean;
  minutes: number;
}

export function totalsOf(
  sections: readonly DraftSection[],
  known: ReadonlyMap<string, Known>,
): Totals {
  const totals: Totals = { questions: 0, points: 0, pointsOpen: false, minutes: 0 };
  for (const { item } of sections.flatMap(({ items }) => items)) {
    if (item.type === "fixed") {
      const question = known.get(item.question_id);
      const kind = question?.question_type;
      if (kind !== "description") {
        totals.questions += 1;
        if (question === undefined && item.points == null) totals.pointsOpen = true;
        totals.points += item.points ?? question?.points ?? 0;
      }
      totals.minutes += kind === undefined ? MINUTES_UNKNOWN : MINUTES[kind];
    } else {
      const kinds = item.types ?? [];
      const each =
        kinds.length === 0
          ? MINUTES_UNKNOWN
          : kinds.reduce((sum, kind) => sum + MINUTES[kind], 0) / kinds.length;
      totals.questions += item.count;
      totals.minutes += item.count * each;
      if (item.points == null) totals.pointsOpen = true;
      else totals.points += item.count * item.points;
    }
  }
  return totals;
}
