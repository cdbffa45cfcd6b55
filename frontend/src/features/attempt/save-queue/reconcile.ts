import type { HeldResponse } from "@/shared/api";
import {
  compareKeys,
  type EntryKey,
  type Kept,
  type KeptAnswer,
  type SealedEntry,
} from "../journal/journal";

/** Why an entry that the server holds doesn't count. */
export type Aside = Exclude<HeldResponse["standing"], "counts" | "admitted">;

/** Where a queue begins: the answers to show, and what is still to be sent. */
export interface Start {
  answers: KeptAnswer[];
  /** Entries to send again as they are. Those of an older lease are kept by the server as superseded. */
  outbox: SealedEntry[];
  /** The first number that the queue may give out. */
  nextSeq: number;
  /** The questions that have an entry, in the order of writing. */
  written: string[];
  /** Questions whose last entry the server holds without counting it. */
  aside: ReadonlyMap<string, Aside>;
}

/**
 * Joins what this device kept with what the server holds, question by question. The later change wins, in the order of
 * leases and numbers; a change that the server hasn't confirmed is sent again. What the server holds without counting
 * it is confirmed, and the answer that counts is shown. With null the server couldn't be asked.
 */
export function reconcile(
  lease: number,
  kept: Kept,
  server: readonly HeldResponse[] | null,
): Start {
  const local = new Map(kept.answers.map((answer) => [answer.question, answer]));
  const outbox = [...kept.outbox].sort(compareKeys);
  const held = new Map<string, HeldResponse[]>();
  for (const entry of server ?? [])
    held.set(entry.question_id, [...(held.get(entry.question_id) ?? []), entry]);
  const answers: KeptAnswer[] = [];
  const aside = new Map<string, Aside>();

  for (const question of new Set([
    ...held.keys(),
    ...local.keys(),
    ...outbox.map((entry) => entry.question),
  ])) {
    const entries = held.get(question) ?? [];
    const counting = entries.find(({ standing }) => !isAside(standing));
    const last = [...entries].sort((one, other) => compareKeys(keyOf(one), keyOf(other))).at(-1);
    const ours = newest(
      local.get(question),
      outbox.findLast((entry) => entry.question === question),
    );
    const waiting = outbox.find(
      (entry) => entry.question === question && entry.seq === ours?.sealed?.seq,
    );

    if (ours !== undefined && server === null) {
      // What was confirmed once is taken for held.
      answers.push({
        ...ours,
        dirty: ours.dirty || (waiting !== undefined && waiting.lease !== lease),
      });
    } else if (ours !== undefined && (last === undefined || isLater(ours, keyOf(last)))) {
      // Under the present lease an entry keeps its number; a change that never got one, or has one of a lease that
      // is over, or was confirmed by a server that has since lost it, is sent as a new entry.
      answers.push({ ...ours, dirty: ours.dirty || waiting?.lease !== lease });
    } else {
      // An answer that was erased is none.
      if (counting !== undefined && counting.response !== null)
        answers.push({
          question,
          response: counting.response,
          lease: counting.lease_no,
          sealed: keyOf(counting),
          dirty: false,
        });
      if (last !== undefined && isAside(last.standing) && !isSame(last, counting))
        aside.set(question, last.standing);
    }
  }

  const placed = [...(server ?? []).map(keyOf), ...outbox].filter((key) => key.lease === lease);
  return {
    answers,
    outbox,
    nextSeq: Math.max(0, ...placed.map(({ seq }) => seq)) + 1,
    written: inOrderOfWriting([
      ...(server === null
        ? kept.answers.flatMap(({ question, sealed }) => (sealed ? [{ question, ...sealed }] : []))
        : server
            // What an officer admitted takes nothing from others: the server doesn't go by it either.
            .filter(({ standing }) => standing === "counts")
            .map((entry) => ({ question: entry.question_id, ...keyOf(entry) }))),
      ...outbox.filter((entry) => entry.lease === lease),
    ]),
    aside,
  };
}

const isAside = (standing: HeldResponse["standing"]): standing is Aside =>
  standing === "late" || standing === "passed_over";

const keyOf = ({ lease_no, seq }: HeldResponse): EntryKey => ({ lease: lease_no, seq });

/** Whether two entries say the same: then nothing is lost with the one that doesn't count. */
const isSame = (one: HeldResponse, other: HeldResponse | undefined) =>
  JSON.stringify(one.response) === JSON.stringify(other?.response);

const inOrderOfWriting = (entries: (EntryKey & { question: string })[]) =>
  entries.sort(compareKeys).map(({ question }) => question);

/** The device's own last word on a question; the outbox knows it when the answer itself could not be kept. */
function newest(
  answer: KeptAnswer | undefined,
  entry: SealedEntry | undefined,
): KeptAnswer | undefined {
  if (entry === undefined) return answer;
  const key = { lease: entry.lease, seq: entry.seq };
  if (
    answer !== undefined &&
    (answer.dirty || (answer.sealed !== null && compareKeys(answer.sealed, key) >= 0))
  )
    return answer;
  return {
    question: entry.question,
    response: entry.response,
    lease: entry.lease,
    sealed: key,
    dirty: false,
  };
}

/** Whether what this device has came after what the server has. */
function isLater(ours: KeptAnswer, theirs: EntryKey): boolean {
  if (ours.dirty) return ours.lease >= theirs.lease;
  return ours.sealed !== null && compareKeys(ours.sealed, theirs) > 0;
}
