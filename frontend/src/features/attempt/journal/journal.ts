import type { QuestionResponse, SaveReceipt } from "@/shared/api";

/** The place of an entry among all of an attempt: first by lease, then by number. */
export interface EntryKey {
  lease: number;
  seq: number;
}

export function compareKeys(one: EntryKey, other: EntryKey): number {
  return one.lease - other.lease || one.seq - other.seq;
}

/** The answer to one question as this device last knew it. */
export interface KeptAnswer {
  question: string;
  response: QuestionResponse;
  /** The lease under which it was last changed here. */
  lease: number;
  /** The last entry that was made of it, if any. */
  sealed: EntryKey | null;
  /** Whether it changed after that entry. */
  dirty: boolean;
}

/** One numbered entry on its way to the server. Never changes: what was sent once is sent the same again. */
export interface SealedEntry extends EntryKey {
  question: string;
  response: QuestionResponse;
  /** When it got its number, by the server's clock as it is known here. Not sent: it only stands in an answer file. */
  at?: number;
}

/** A file of an answer on its way to the server. The answer names it by the id. */
export interface PendingFile {
  id: string;
  question: string;
  file: File;
}

/** A receipt as its candidate takes it home: whole, so that it can be checked by itself. */
export type KeptReceipt = Omit<SaveReceipt, "proof" | "question_id"> &
  SaveReceipt["proof"] & {
    attempt_id: string;
    lease_no: number;
    /** `response`, or `submitted`. */
    kind: string;
    /** Null for a hand-in. */
    question_id: string | null;
  };

/** What a candidate does besides answering, worth finding again after a crash. */
export interface KeptPlace {
  current: string | null;
  flagged: string[];
  /** Per forward-only section: the furthest question, by its place in the section. */
  furthest: Record<number, number>;
  /** Per section with a time limit of its own: when it was first entered, by the server's clock. */
  entered: Record<number, number>;
}

export interface Kept {
  answers: KeptAnswer[];
  outbox: SealedEntry[];
  place: KeptPlace | null;
  files: PendingFile[];
}

/** What a device kept; where it keeps nothing, the server has the rest. */
export async function loadKept(journal: Pick<Journal, "load">): Promise<Kept> {
  try {
    return await journal.load();
  } catch {
    return { answers: [], outbox: [], place: null, files: [] };
  }
}

/**
 * The attempt's record on this device. Every method resolves when the device has it, and rejects when it can't keep
 * it (a full disk, forbidden storage); the caller then goes on without and says so.
 */
export interface Journal {
  load(): Promise<Kept>;
  /** Keeps the newest state of an answer. */
  keep(answer: KeptAnswer): Promise<void>;
  /**
   * Makes numbered entries of answers, in one transaction: numbers follow on from the last one of the lease, and are
   * at least `seqMin`. The answers are no longer dirty, unless they changed since.
   */
  seal(lease: number, seqMin: number, answers: readonly KeptAnswer[]): Promise<SealedEntry[]>;
  /** Forgets entries that the server has. */
  forget(keys: readonly EntryKey[]): Promise<void>;
  keepPlace(place: KeptPlace): Promise<void>;
  keepFile(file: PendingFile): Promise<void>;
  /** Forgets a file that the server has, or that its answer doesn't name any more. */
  forgetFile(id: string): Promise<void>;
  keepReceipts(receipts: readonly KeptReceipt[]): Promise<void>;
  receipts(): Promise<KeptReceipt[]>;
  forgetReceipts(): Promise<void>;
  /** Removes everything of the attempt but the ticket and the receipts. */
  purge(): Promise<void>;
}
