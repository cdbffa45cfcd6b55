import type { CandidateQuestion, Interaction, QuestionResponse } from "@/shared/api";

/** Whether something is asked; a description is a text alone. */
export function asks({ interaction }: CandidateQuestion): boolean {
  return interaction.type !== "description";
}

/** The response that stands for nothing given; null where nothing is asked. */
export function emptyResponse(interaction: Interaction): QuestionResponse | null {
  switch (interaction.type) {
    case "single_choice":
      return { type: "single_choice", choice: null };
    case "multiple_choice":
      return { type: "multiple_choice", choices: [] };
    case "true_false":
      return { type: "true_false", value: null };
    case "short_text":
      return { type: "short_text", text: "" };
    case "numeric":
      return { type: "numeric", text: "", unit: null };
    case "cloze":
      return { type: "cloze", gaps: {} };
    case "matching":
      return { type: "matching", pairs: {} };
    case "ordering":
      return { type: "ordering", order: [] };
    case "essay":
      return { type: "essay", text: "" };
    case "file_upload":
      return { type: "file_upload", files: [] };
    case "description":
      return null;
  }
}

/** Whether something was given. A numeric unit without a number is nothing; a partly filled cloze is something. */
export function isAnswered(response: QuestionResponse | undefined): boolean {
  if (response === undefined) return false;
  switch (response.type) {
    case "single_choice":
      return response.choice !== null;
    case "multiple_choice":
      return response.choices.length > 0;
    case "true_false":
      return response.value !== null;
    case "short_text":
    case "numeric":
    case "essay":
      return response.text.trim() !== "";
    case "cloze":
      return Object.values(response.gaps).some((gap) => gap.trim() !== "");
    case "matching":
      return Object.keys(response.pairs).length > 0;
    case "ordering":
      return response.order.length > 0;
    case "file_upload":
      return response.files.length > 0;
  }
}

/** Whether something was given, but not all that is asked for: a gap, a pair or the unit is still missing. */
export function isBegun(interaction: Interaction, response: QuestionResponse | undefined): boolean {
  if (response === undefined || !isAnswered(response)) return false;
  if (interaction.type === "cloze" && response.type === "cloze")
    return interaction.gaps.some(({ id }) => (response.gaps[id] ?? "").trim() === "");
  if (interaction.type === "matching" && response.type === "matching")
    return interaction.prompts.some(({ id }) => response.pairs[id] === undefined);
  if (interaction.type === "numeric" && response.type === "numeric")
    return interaction.units.length > 0 && (response.unit ?? "") === "";
  return false;
}

/** The bytes that a response takes on the wire. */
export function responseBytes(response: QuestionResponse): number {
  return new TextEncoder().encode(JSON.stringify(response)).length;
}
