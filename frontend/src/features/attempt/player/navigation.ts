import type { CandidatePaper, CandidateQuestion, PaperSection, SectionTime } from "@/shared/api";
import type { KeptPlace } from "../journal/journal";
import type { PlayerState } from "./state";

/** Where a candidate is in a paper, and what the server has said of its sections. */
export interface Whereabouts {
  place: KeptPlace;
  paper: CandidatePaper;
  /** Sections with a time limit of their own that the server knows to be entered. */
  sections: readonly SectionTime[];
}

/** Where the candidate is; null before the paper is there. */
export function whereabouts({ place, paper, attempt }: PlayerState): Whereabouts | null {
  // What an earlier version kept on the device, or an earlier server says, has none.
  const sections: readonly SectionTime[] | undefined = attempt.sections;
  return paper && { place, paper, sections: sections ?? [] };
}

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

/**
 * When a section's own time ends, by the server's clock; null when it has none or wasn't entered yet. The server counts
 * from when it heard of it, which may be later than the candidate was here: the time is theirs from when they were.
 */
export function sectionEndsAt(at: Whereabouts, index: number): number | null {
  const limit = at.paper.sections[index]?.time_limit_seconds ?? null;
  if (limit === null) return null;
  const here = at.place.entered[index];
  const heard = at.sections.find(({ section }) => section === index);
  if (heard === undefined) return here === undefined ? null : here + limit * 1_000;
  const endsAt = Date.parse(heard.ends_at);
  return here === undefined
    ? endsAt
    : Math.min(endsAt, here + endsAt - Date.parse(heard.entered_at));
}

export function isSectionOver(at: Whereabouts, index: number, now: number): boolean {
  const endsAt = sectionEndsAt(at, index);
  return endsAt !== null && now >= endsAt;
}

/**
 * Whether one may go to a question. In a free section to any; in a forward-only section to the one reached last and
 * to the one after it. A section whose own time is over is shut.
 */
export function mayGoTo(at: Whereabouts, question: string, now: number): boolean {
  const { place, paper } = at;
  const to = standingOf(paper, question);
  if (to === null) return false;
  if (place.current === question) return true;
  if (isSectionOver(at, to.sectionIndex, now)) return false;
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

/**
 * Where one begins: at the question that was kept, else at the first. How far one is in a forward-only section follows
 * from the answers too: who comes from another device can't go back here either.
 */
export function placeToBegin(
  kept: KeptPlace,
  paper: CandidatePaper,
  answers: Readonly<Record<string, unknown>>,
  now: number,
): KeptPlace {
  const furthest = { ...kept.furthest };
  for (const [index, { navigation, question_ids }] of paper.sections.entries()) {
    const answered = question_ids.findLastIndex((question) => answers[question] !== undefined);
    if (navigation === "forward_only" && answered > (furthest[index] ?? -1))
      furthest[index] = answered;
  }
  const place = { ...kept, furthest };
  const begin = kept.current ?? paper.questions[0]?.id;
  const at = begin === undefined ? null : standingOf(paper, begin);
  if (at === null) return place;
  const reached = furthest[at.sectionIndex] ?? -1;
  const to = at.inSection < reached ? at.section.question_ids[reached] : begin;
  return to === undefined ? place : placeAfter(place, paper, to, now);
}

/** The nearest question before or behind the current one that one may go to. */
export function neighbour(at: Whereabouts, step: 1 | -1, now: number): CandidateQuestion | null {
  const { questions } = at.paper;
  const current = questions.findIndex(({ id }) => id === at.place.current);
  for (let index = current + step; index >= 0 && index < questions.length; index += step) {
    const candidate = questions[index];
    if (candidate && mayGoTo(at, candidate.id, now)) return candidate;
  }
  return null;
}

/** The forward-only sections, each with its questions in their order. */
export function oneWaySections(paper: CandidatePaper): string[][] {
  return paper.sections
    .filter(({ navigation }) => navigation === "forward_only")
    .map(({ question_ids }) => question_ids);
}

/** Sections with a time limit of their own that were entered here, and that the server doesn't know of yet. */
export function sectionsToTell({ place, sections }: Whereabouts): number[] {
  return Object.keys(place.entered)
    .map(Number)
    .filter((index) => !sections.some(({ section }) => section === index));
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
