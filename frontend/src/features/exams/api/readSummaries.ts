import { useQueries } from "@tanstack/react-query";
import type { QuestionSummary, QuestionView } from "@/shared/api";
import { questionQuery } from "@/shared/authoring/requests/readQuestion";
import { excerptOf } from "./excerpt";

/** What the builder shows of a question. */
export type Known = Pick<
  QuestionSummary,
  | "id"
  | "title"
  | "excerpt"
  | "question_type"
  | "points"
  | "state"
  | "ready_version"
  | "archived_at"
>;

/** What is known of the questions that an exam names; a question that can't be read isn't there. */
export function useKnown(
  ids: readonly string[],
  picked: ReadonlyMap<string, Known>,
): { known: ReadonlyMap<string, Known>; pending: boolean } {
  const wanted = ids.filter((id) => !picked.has(id));
  return useQueries({
    queries: wanted.map((id) => ({ ...questionQuery(id), staleTime: 60_000 })),
    combine: (results) => ({
      known: new Map<string, Known>([
        ...picked,
        ...results.flatMap(({ data }) => (data ? [[data.id, knownOf(data)] as const] : [])),
      ]),
      pending: results.some((result) => result.isPending),
    }),
  });
}

function knownOf(view: QuestionView): Known {
  const { id, title, points, state, ready_version, archived_at, question } = view;
  const { body, stem } = question;
  const text = body.type === "cloze" && stem.text.trim() === "" ? body.text : stem;
  return {
    id,
    title,
    points,
    state,
    ready_version,
    archived_at,
    question_type: body.type,
    excerpt: excerptOf(text),
  };
}
