import fc from "fast-check";
import { ApiError, type HeldResponse, type SaveReceipt } from "@/shared/api";
import {
  compareKeys,
  type Journal,
  type KeptAnswer,
  type KeptPlace,
  type KeptReceipt,
  type PendingFile,
  type SealedEntry,
} from "../journal/journal";
import type { QueueEvents, Timer, Transport } from "./parts";
import { reconcile } from "./reconcile";
import { SaveQueue } from "./SaveQueue";

/** A clock that a test moves; what is due runs in order, and what it starts is let finish. */
export class TestTimer implements Timer {
  #now = 0;
  #due: { at: number; run: () => void }[] = [];
  random = () => 0.5;

  now = () => this.#now;

  after = (milliseconds: number, run: () => void) => {
    const entry = { at: this.#now + milliseconds, run };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  };

  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    for (;;) {
      await settled();
      const next = this.#due.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = until;
    await settled();
  }
}

/** Lets everything that waits only for promises go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

/** A journal in memory that outlives its queue, as the device's outlives a page. */
export class TestJournal implements Journal {
  answers = new Map<string, KeptAnswer>();
  outbox: SealedEntry[] = [];
  numbers = new Map<number, number>();
  place: KeptPlace | null = null;
  files = new Map<string, PendingFile>();
  kept = new Map<string, KeptReceipt>();
  full = false;
  /** Counts down with each write; the page dies when it reaches zero: that write and later ones never happen. */
  diesIn = Number.POSITIVE_INFINITY;

  async load() {
    return {
      answers: [...this.answers.values()],
      outbox: [...this.outbox],
      place: this.place,
      files: [...this.files.values()],
    };
  }
  async keep(answer: KeptAnswer) {
    await this.#write();
    this.answers.set(answer.question, answer);
  }
  async seal(lease: number, seqMin: number, answers: readonly KeptAnswer[]) {
    await this.#write();
    let seq = Math.max(seqMin - 1, this.numbers.get(lease) ?? 0);
    const entries = answers.map(({ question, response }) => ({
      question,
      response,
      lease,
      seq: ++seq,
    }));
    this.numbers.set(lease, seq);
    this.outbox.push(...entries);
    for (const entry of entries) {
      const now = this.answers.get(entry.question);
      this.answers.set(entry.question, {
        ...(now ?? { question: entry.question, response: entry.response, lease }),
        sealed: { lease, seq: entry.seq },
        dirty: now !== undefined && now.response !== entry.response,
      });
    }
    return entries;
  }
  async forget(keys: readonly { lease: number; seq: number }[]) {
    await this.#write();
    this.outbox = this.outbox.filter((entry) => !keys.some((key) => compareKeys(key, entry) === 0));
  }
  async keepPlace(place: KeptPlace) {
    await this.#write();
    this.place = place;
  }
  async keepFile(file: PendingFile) {
    await this.#write();
    this.files.set(file.id, file);
  }
  async forgetFile(id: string) {
    await this.#write();
    this.files.delete(id);
  }
  async keepReceipts(receipts: readonly KeptReceipt[]) {
    await this.#write();
    for (const receipt of receipts) this.kept.set(`${receipt.lease_no}/${receipt.seq}`, receipt);
  }
  async receipts() {
    return [...this.kept.values()];
  }
  async forgetReceipts() {
    this.kept.clear();
  }
  async purge() {
    await this.#write();
    this.answers.clear();
    this.files.clear();
    this.outbox = [];
  }

  async #write(): Promise<void> {
    this.diesIn -= 1;
    if (this.diesIn <= 0) return new Promise(() => undefined);
    await Promise.resolve();
    if (this.full) throw new DOMException("the disk is full", "QuotaExceededError");
  }
}

/** Stands where a receipt's proof does: no test here looks at one. */
export const NO_PROOF: SaveReceipt["proof"] = {
  payload_hash: "",
  nonce: "",
  leaf_index: 0,
  path: [],
  head: {
    chain_id: "",
    batch_no: 1,
    taken_at: "2026-01-01T00:00:00.000000Z",
    entries: 1,
    root: "",
    previous_root: "",
    key_id: "",
    signature: "",
  },
};

export type Fault = "none" | "lost request" | "lost reply" | "doubled" | "busy";

/** The server's journal as the contract has it: same key and content as often as one likes, the latest key counts. */
export class TestServer implements Transport {
  entries: SealedEntry[] = [];
  superseded: SealedEntry[] = [];
  lease = 1;
  closed = false;
  /** Entries that came when it was closed. */
  readonly late = new Set<SealedEntry>();
  /** The sections without a way back. */
  oneWay: string[][] = [];
  /** What happens to the next requests, in order; then nothing more goes wrong. */
  faults: Fault[] = [];
  requests = 0;
  refuse: ((entries: readonly SealedEntry[]) => ApiError | null) | null = null;

  async send(lease: number, entries: readonly SealedEntry[]): Promise<SaveReceipt[]> {
    this.requests += 1;
    const fault = this.faults.shift() ?? "none";
    await Promise.resolve();
    if (fault === "lost request") throw ApiError.offline(null);
    if (fault === "busy")
      throw new ApiError({
        status: 503,
        code: "exam.save_unavailable",
        detail: "",
        retryAfterSeconds: 2,
      });
    const refusal = this.refuse?.(entries);
    if (refusal) throw refusal;
    const receipts = this.#take(lease, entries);
    if (fault === "doubled") this.#take(lease, entries);
    await Promise.resolve();
    if (fault === "lost reply") throw ApiError.offline(null);
    return receipts;
  }

  async lastSeq(lease: number): Promise<number> {
    return Math.max(
      0,
      ...this.entries.filter((entry) => entry.lease === lease).map(({ seq }) => seq),
    );
  }

  /** What a resuming device is told: each question's answer, and its last entry where that is another. */
  current(): HeldResponse[] {
    // Written apart from the player's own rule, which is tested against it.
    const section = (question: string) => this.oneWay.findIndex((of) => of.includes(question));
    const place = (question: string) => this.oneWay[section(question)]?.indexOf(question) ?? 0;
    const answered: string[] = [];
    const goesBack = (question: string) => {
      const later = answered.some(
        (other) => section(other) === section(question) && place(other) > place(question),
      );
      answered.push(question);
      return section(question) >= 0 && later;
    };
    const counting = new Map<string, HeldResponse>();
    const last = new Map<string, HeldResponse>();
    for (const entry of [...this.entries].sort(compareKeys)) {
      const { question, lease, seq, response } = entry;
      const late = this.late.has(entry);
      const standing = late ? "late" : goesBack(question) ? "passed_over" : "counts";
      const held: HeldResponse = {
        question_id: question,
        lease_no: lease,
        seq,
        response,
        standing,
        missing_files: [],
      };
      last.set(question, held);
      if (standing === "counts") counting.set(question, held);
    }
    return [...new Set([...counting.values(), ...last.values()])];
  }

  #take(lease: number, entries: readonly SealedEntry[]): SaveReceipt[] {
    if (lease !== this.lease) {
      this.superseded.push(...entries);
      throw new ApiError({ status: 409, code: "exam.lease_stale", detail: "" });
    }
    for (const entry of entries) {
      const same = this.entries.find((other) => compareKeys(other, entry) === 0);
      if (same && JSON.stringify(same) !== JSON.stringify(entry))
        throw new ApiError({ status: 409, code: "exam.entry_conflict", detail: "" });
    }
    for (const entry of entries) {
      if (this.entries.some((other) => compareKeys(other, entry) === 0)) continue;
      this.entries.push(entry);
      if (this.closed) this.late.add(entry);
    }
    return entries.map(({ seq, question }) => ({
      seq,
      question_id: question,
      status: this.closed ? "late" : "taken",
      received_at: "2026-01-01T00:00:00.000000Z",
      proof: NO_PROOF,
    }));
  }
}

/** What stays while pages come and go. */
export interface Hall {
  journal: TestJournal;
  server: TestServer;
  timer: TestTimer;
}

/** A page that opens the attempt: loads what the device kept, asks the server, and begins. */
export async function openQueue(
  { journal, server, timer }: Hall,
  lease: number,
  oneWay: string[][],
  events: Partial<QueueEvents> = {},
): Promise<SaveQueue> {
  const start = reconcile(lease, await journal.load(), server.current());
  const nothing = () => undefined;
  const queue = new SaveQueue(lease, start, {
    journal,
    transport: server,
    timer,
    oneWay,
    events: { statusChanged: nothing, leaseLost: nothing, refused: nothing, ...events },
  });
  queue.begin();
  return queue;
}

/** One thing that happens in an exam hall. */
export type Step =
  | { kind: "answer"; question: string; words: string }
  | { kind: "wait"; milliseconds: number }
  | { kind: "leave" }
  | { kind: "crash"; afterWrites: number }
  | { kind: "fault"; fault: Fault };

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("answer" as const),
      question: fc.constantFrom("q1", "q2", "q3"),
      words: fc.string({ maxLength: 4 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      milliseconds: fc.constantFrom(0, 300, 1_100, 6_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("leave" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("crash" as const),
      afterWrites: fc.integer({ min: 0, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      fault: fc.constantFrom<Fault>("lost request", "lost reply", "doubled", "busy"),
    }),
  },
);
