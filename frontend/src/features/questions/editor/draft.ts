import type { FieldFinding, QuestionType, QuestionView } from "@/shared/api";
import type { Content, Filing } from "../api/content";
import { blank } from "../model/blank";
import type { Pair } from "../model/types";

/** All that is edited on the page of one question. */
export interface Draft extends Pair, Filing {
  title: string;
  points: number;
  stimulus_id: string | null;
  /** A true-or-false question whose author hasn't said which: the key has no way to leave it open. */
  undecided: boolean;
}

export function newDraft(type: QuestionType, categoryId: string | null): Draft {
  return {
    ...blank(type),
    title: "",
    points: type === "description" ? 0 : 1,
    stimulus_id: null,
    category_id: categoryId,
    tags: [],
    idnumber: null,
    undecided: type === "true_false",
  };
}

export function draftOf(view: QuestionView): Draft {
  const { question, key, title, points, stimulus_id, category_id, tags, idnumber } = view;
  return {
    question,
    key,
    title,
    points,
    stimulus_id,
    category_id,
    tags,
    idnumber,
    undecided: false,
  };
}

export function contentOf(draft: Draft, state: "draft" | "ready", note: string): Content {
  const { title, points, stimulus_id, question, key } = draft;
  return { title: title.trim(), points, stimulus_id, question, key, state, note: note.trim() };
}

export function filingOf({ category_id, tags, idnumber }: Draft): Filing {
  const number = idnumber?.trim() ?? "";
  return { category_id, tags, idnumber: number === "" ? null : number };
}

/** What the server can't know yet: it never hears of what isn't decided. */
export function ownFindings(draft: Draft): FieldFinding[] {
  return draft.undecided
    ? [{ field: "key.scheme.right", code: "question.no_right_answer", message: "" }]
    : [];
}
