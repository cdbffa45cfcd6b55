import type { CandidatePaper, CandidateQuestion, PaperSection } from "@/shared/api";
import type { KeptPlace } from "../journal/journal";

export interface Standing {
  question: CandidateQuestion;
  section: PaperSection;
  sectionIndex: number;
  /** Place of the question in its section, from 0. */
  inSection: number;
}

/** Where a question stands in the paper. */
export function standingOf(paper: CandidatePaper, question: string): Standing | null {
  const found = paper.questions.find(({ id }) => id === question);
  const section = found && paper.sections[found.section];
  if (found === undefined || section === undefined) return null;
  return {
    question: found,
    section,
    sectionIndex: found.section,
    inSection: section.question_ids.indexOf(question),
  };
}

/** When a section's own time ends, by the server's clock; null when it has none or wasn't entered yet. */
export function sectionEndsAt(
  place: KeptPlace,
  paper: CandidatePaper,
  index: number,
): number | null {
  const limit = paper.sections[index]?.time_limit_seconds ?? null;
  const entered = place.entered[index];
  return limit === null || entered === undefined ? null : entered + limit * 1_000;
}

export function isSectionOver(
  place: KeptPlace,
  paper: CandidatePaper,
  index: number,
  now: number,
): boolean {
  const endsAt = sectionEndsAt(place, paper, index);
  return endsAt !== null && now >= endsAt;
}

/**
 * Whether one may go to a question. In a free section to any; in a forward-only section to the one reached last and
 * to the one after it. A section whose own time is over is shut.
 */
export function mayGoTo(
  place: KeptPlace,
  paper: CandidatePaper,
  question: string,
  now: number,
): boolean {
  const to = standingOf(paper, question);
  if (to === null) return false;
  if (place.current === question) return true;
  if (isSectionOver(place, paper, to.sectionIndex, now)) return false;
  if (to.section.navigation === "free") return true;
  const furthest = place.furthest[to.sectionIndex] ?? -1;
  if (to.inSection === furthest) return true;
  if (to.inSection !== furthest + 1) return false;
  // Into a new forward-only section from anywhere; onwards inside it only from the question before.
  return furthest === -1 || place.current === to.section.question_ids[furthest];
}

/** The place after going to a question. */
export function placeAfter(
  place: KeptPlace,
  paper: CandidatePaper,
  question: string,
  now: number,
): KeptPlace {
  const to = standingOf(paper, question);
  if (to === null) return place;
  const { sectionIndex, section, inSection } = to;
  return {
    ...place,
    current: question,
    furthest:
      section.navigation === "forward_only"
        ? {
            ...place.furthest,
            [sectionIndex]: Math.max(inSection, place.furthest[sectionIndex] ?? 0),
          }
        : place.furthest,
    entered:
      section.time_limit_seconds !== null && place.entered[sectionIndex] === undefined
        ? { ...place.entered, [sectionIndex]: now }
        : place.entered,
  };
}

/** The nearest question before or behind the current one that one may go to. */
export function neighbour(
  place: KeptPlace,
  paper: CandidatePaper,
  step: 1 | -1,
  now: number,
): CandidateQuestion | null {
  const at = paper.questions.findIndex(({ id }) => id === place.current);
  for (let index = at + step; index >= 0 && index < paper.questions.length; index += step) {
    const candidate = paper.questions[index];
    if (candidate && mayGoTo(place, paper, candidate.id, now)) return candidate;
  }
  return null;
}

/** Whether going from the current question to another one shuts the current one for good. */
export function leavesForGood(place: KeptPlace, paper: CandidatePaper, to: string): boolean {
  const from = place.current === null ? null : standingOf(paper, place.current);
  const target = standingOf(paper, to);
  return (
    from !== null &&
    target !== null &&
    from.section.navigation === "forward_only" &&
    target.sectionIndex === from.sectionIndex &&
    target.inSection > from.inSection
  );
}
