import type { CurrentResponse } from "@/shared/api";
import {
  compareKeys,
  type EntryKey,
  type Kept,
  type KeptAnswer,
  type SealedEntry,
} from "../journal/journal";

/** Where a queue begins: the answers to show, and what is still to be sent. */
export interface Start {
  answers: KeptAnswer[];
  /** Entries to send again as they are. Those of an older lease are kept by the server as superseded. */
  outbox: SealedEntry[];
  /** The first number that the queue may give out. */
  nextSeq: number;
}

/**
 * Joins what this device kept with what the server has, question by question. The later change wins, in the order of
 * leases and numbers; a change that the server hasn't confirmed is sent again.
 */
export function reconcile(lease: number, kept: Kept, server: readonly CurrentResponse[]): Start {
  const onServer = new Map(
    // An answer that was erased is none.
    server.flatMap(({ response, ...current }) =>
      response === null ? [] : [[current.question_id, { ...current, response }] as const],
    ),
  );
  const local = new Map(kept.answers.map((answer) => [answer.question, answer]));
  const outbox = [...kept.outbox].sort(compareKeys);
  const answers: KeptAnswer[] = [];

  for (const question of new Set([
    ...onServer.keys(),
    ...local.keys(),
    ...outbox.map((entry) => entry.question),
  ])) {
    const theirs = onServer.get(question);
    const theirKey = theirs && { lease: theirs.lease_no, seq: theirs.seq };
    const ours = newest(
      local.get(question),
      outbox.findLast((entry) => entry.question === question),
    );

    if (ours !== undefined && (theirKey === undefined || isLater(ours, theirKey))) {
      // Under the present lease an entry keeps its number; a change that never got one, or has one of a lease that
      // is over, or was confirmed by a server that has since lost it, is sent as a new entry.
      const waits = outbox.some(
        (entry) =>
          entry.question === question && entry.lease === lease && entry.seq === ours.sealed?.seq,
      );
      answers.push({ ...ours, dirty: ours.dirty || !waits });
    } else if (theirs !== undefined && theirKey !== undefined) {
      answers.push({
        question,
        response: theirs.response,
        lease: theirKey.lease,
        sealed: theirKey,
        dirty: false,
      });
    }
  }

  const seqs = [...server.map(({ lease_no, seq }) => ({ lease: lease_no, seq })), ...outbox]
    .filter((key) => key.lease === lease)
    .map((key) => key.seq);
  return { answers, outbox, nextSeq: Math.max(0, ...seqs) + 1 };
}

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
