import type { Arrangement, CandidatePaper, CandidateQuestion, OptionOrder } from "@/shared/api";

/** Where a picture lies sealed, and what opens it. */
export interface SealedPicture {
  sealed: string;
  key: string;
  media_type: string;
}

/** A form as every candidate who gets it may see it: what lies in the sealed file. */
export interface WholePaper extends Omit<CandidatePaper, "attempt_id"> {
  /** The pictures that it shows, by hash. */
  media: Record<string, SealedPicture>;
}

/** A form in one candidate's order of questions and options; the same as the server's own paper of their attempt. */
export function arrange(
  attempt: string,
  { sections, stimuli, questions }: WholePaper,
  arrangement: Arrangement,
): CandidatePaper {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const placed: CandidateQuestion[] = [];
  let number = 0;
  const arranged = sections.map((section, index) => {
    const question_ids: string[] = [];
    for (const { id, order } of arrangement.sections[index] ?? []) {
      const question = byId.get(id);
      if (question === undefined) continue;
      const asks = question.interaction.type !== "description";
      if (asks) number += 1;
      question_ids.push(id);
      placed.push({
        ...question,
        number: asks ? number : 0,
        section: index,
        interaction: inOrder(question.interaction, order ?? {}),
      });
    }
    return { ...section, question_ids };
  });
  return { attempt_id: attempt, sections: arranged, stimuli, questions: placed };
}

function inOrder(
  interaction: CandidateQuestion["interaction"],
  { options = [], gaps = {} }: OptionOrder,
): CandidateQuestion["interaction"] {
  switch (interaction.type) {
    case "single_choice":
    case "multiple_choice":
      return { ...interaction, options: ordered(interaction.options, options) };
    case "matching":
      return { ...interaction, targets: ordered(interaction.targets, options) };
    case "ordering":
      return { ...interaction, items: ordered(interaction.items, options) };
    case "cloze":
      return {
        ...interaction,
        gaps: interaction.gaps.map((gap) => ({
          ...gap,
          options: ordered(gap.options, gaps[gap.id] ?? []),
        })),
      };
    default:
      return interaction;
  }
}

/** The parts in this order; those that it leaves out come last, as they were. */
function ordered<P extends { id: string }>(parts: readonly P[], order: readonly string[]): P[] {
  const place = new Map(order.map((id, at) => [id, at]));
  const at = ({ id }: P) => place.get(id) ?? order.length;
  return parts.toSorted((one, other) => at(one) - at(other));
}
