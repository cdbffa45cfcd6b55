import type { CandidatePaper, HeldResponse, HtmlChoice, QuestionResponse } from "@/shared/api";
import {
  compareKeys,
  type EntryKey,
  type Kept,
  type KeptAnswer,
  type KeptReceipt,
} from "../journal/journal";
import { isAnswered } from "../response";

/** What was written on this device and doesn't count, because another one has the right to write. */
export interface NotCounted {
  readonly question: string;
  /** The question's number in the paper; null when this device has no paper. */
  readonly number: number | null;
  readonly response: QuestionResponse;
  /** The answer in words, to read and to copy. */
  readonly words: string;
}

/**
 * The answers of this device whose newest state the server hasn't taken: never sent, under way, or superseded. What a
 * receipt says was taken counted when it came, even if it was changed elsewhere since.
 */
export function notCounted(
  kept: Pick<Kept, "answers" | "outbox">,
  receipts: readonly Pick<KeptReceipt, "lease_no" | "seq" | "status">[],
  server: readonly HeldResponse[] | null,
  paper: CandidatePaper | null,
): NotCounted[] {
  const taken = new Set([
    ...receipts.flatMap((one) => (one.status === "taken" ? [keyText(keyOf(one))] : [])),
    ...(server ?? []).flatMap((one) =>
      one.standing === "counts" || one.standing === "admitted" ? [keyText(keyOf(one))] : [],
    ),
  ]);
  const newest = new Map<string, Pick<KeptAnswer, "response" | "sealed" | "dirty">>();
  for (const { question, response, lease, seq } of [...kept.outbox].sort(compareKeys))
    newest.set(question, { response, sealed: { lease, seq }, dirty: false });
  for (const answer of kept.answers) {
    const sent = newest.get(answer.question)?.sealed ?? null;
    const isOlder =
      !answer.dirty &&
      sent !== null &&
      (answer.sealed === null || compareKeys(answer.sealed, sent) < 0);
    if (!isOlder) newest.set(answer.question, answer);
  }
  const questions = new Map(paper?.questions.map((question) => [question.id, question]));
  return [...newest]
    .filter(
      ([, { response, sealed, dirty }]) =>
        isAnswered(response) && (dirty || sealed === null || !taken.has(keyText(sealed))),
    )
    .map(([question, { response }]) => ({
      question,
      number: questions.get(question)?.number ?? null,
      response,
      words: inWords(response, questions.get(question)?.interaction),
    }))
    .sort((one, other) => (one.number ?? 0) - (other.number ?? 0));
}

const keyOf = ({ lease_no, seq }: { lease_no: number; seq: number }): EntryKey => ({
  lease: lease_no,
  seq,
});
const keyText = ({ lease, seq }: EntryKey) => `${lease}/${seq}`;

type Interaction = CandidatePaper["questions"][number]["interaction"];

function inWords(response: QuestionResponse, interaction: Interaction | undefined): string {
  const parts = new Map(partsOf(interaction).map(({ id, html }) => [id, textOf(html)]));
  const name = (id: string) => parts.get(id) ?? id;
  switch (response.type) {
    case "short_text":
    case "essay":
      return response.text;
    case "numeric":
      return [response.text, response.unit].filter(Boolean).join(" ");
    case "single_choice":
      return response.choice === null ? "" : name(response.choice);
    case "multiple_choice":
      return response.choices.map(name).join("\n");
    case "true_false":
      return response.value === true ? "✓" : "✗";
    case "cloze":
      return Object.values(response.gaps).join("\n");
    case "matching":
      return Object.entries(response.pairs)
        .map(([prompt, target]) => `${name(prompt)} → ${name(target)}`)
        .join("\n");
    case "ordering":
      return response.order.map((id, place) => `${place + 1}. ${name(id)}`).join("\n");
    case "file_upload":
      return response.files.map((file) => file.name).join("\n");
  }
}

function partsOf(interaction: Interaction | undefined): readonly HtmlChoice[] {
  switch (interaction?.type) {
    case "single_choice":
    case "multiple_choice":
      return interaction.options;
    case "matching":
      return [...interaction.prompts, ...interaction.targets];
    case "ordering":
      return interaction.items;
    default:
      return [];
  }
}

const textOf = (html: string) =>
  new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
