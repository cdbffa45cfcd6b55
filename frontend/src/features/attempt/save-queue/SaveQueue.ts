import { ApiError, type QuestionResponse, type SaveReceipt } from "@/shared/api";
import type { EntryKey, Journal, KeptAnswer, SealedEntry } from "../journal/journal";
import { responseBytes } from "../response";
import { BackOff } from "./backOff";
import { nextBatch } from "./batch";
import {
  DEBOUNCE_MS,
  DEVICE_WAIT_MS,
  KEEPALIVE_BYTES_MAX,
  LARGE_EVERY_MS,
  LARGE_RESPONSE_BYTES,
  RENUMBER_GAP,
  UNSENT_MS_MAX,
} from "./limits";
import { inOrder, type OneWay, oneWayThrough, Walk } from "./oneWay";
import type { QueueEvents, QueueParts, Timer, Transport } from "./parts";
import type { Aside, Start } from "./reconcile";
import { ALL_SAFE, type SaveStatus, sameStatus, type Trouble } from "./status";

interface Tracked extends KeptAnswer {
  bytes: number;
  changedAt: number;
  dirtySince: number;
  sealedAt: number;
  rejected: boolean;
  /** Its field was left: no need to wait for more. */
  settled: boolean;
}

/**
 * Brings every answer to the server, and knows at each moment which ones are there.
 *
 * A change goes to the device's journal first. A moment later it is sealed: it gets a number, in the journal, before
 * it gets on the wire. A sealed entry never changes, and is sent until a receipt comes; the server takes the same
 * number with the same content as often as it likes. So whatever is lost, doubled or delayed on the way, and wherever
 * this page dies, the same answers arrive.
 */
export class SaveQueue {
  readonly lease: number;
  readonly #journal: Journal;
  readonly #transport: Transport;
  readonly #timer: Timer;
  readonly #events: QueueEvents;
  readonly #oneWay: OneWay;
  readonly #answers = new Map<string, Tracked>();
  #outbox: SealedEntry[];
  #nextSeq: number;
  #status: SaveStatus = ALL_SAFE;
  readonly #backOff: BackOff;
  #oneByOne = false;
  #pumping = false;
  #sealing: Promise<void> = Promise.resolve();
  #stopped = false;
  #held = false;
  /** Questions whose answer the server took in while the clock stood. */
  readonly #heldAside = new Set<string>();
  #wake: (() => void) | null = null;
  /** Questions whose newest state the device could not keep. */
  readonly #offDevice = new Set<string>();
  readonly #keeping = new Set<string>();
  readonly #beingSealed = new Set<string>();
  readonly #walk: Walk;
  /** Questions whose newest entry doesn't count. */
  readonly #aside: Map<string, Aside>;

  constructor(
    lease: number,
    start: Start,
    { journal, transport, timer, events, oneWay = [] }: QueueParts,
  ) {
    this.lease = lease;
    this.#journal = journal;
    this.#transport = transport;
    this.#timer = timer;
    this.#backOff = new BackOff(timer);
    this.#events = events;
    this.#oneWay = oneWayThrough(oneWay);
    this.#walk = new Walk(this.#oneWay, start.written);
    this.#aside = new Map(start.aside);
    this.#outbox = [...start.outbox];
    this.#nextSeq = start.nextSeq;
    const longAgo = timer.now() - LARGE_EVERY_MS;
    for (const answer of start.answers) {
      this.#answers.set(answer.question, {
        ...answer,
        bytes: responseBytes(answer.response),
        changedAt: longAgo,
        dirtySince: longAgo,
        sealedAt: longAgo,
        rejected: false,
        settled: true,
      });
    }
    this.#status = this.#measure();
  }

  get status(): SaveStatus {
    return this.#status;
  }

  /** Begins to send; apart from construction so that nothing happens before the listener knows the queue. */
  begin(): void {
    this.#announce(true);
    void this.#pump();
  }

  /** Takes in the newest answer to a question. */
  change(question: string, response: QuestionResponse): void {
    const now = this.#timer.now();
    const before = this.#answers.get(question);
    this.#answers.set(question, {
      question,
      response,
      bytes: responseBytes(response),
      lease: this.lease,
      sealed: before?.sealed ?? null,
      dirty: true,
      changedAt: now,
      dirtySince: before?.dirty === true ? before.dirtySince : now,
      sealedAt: before?.sealedAt ?? now - LARGE_EVERY_MS,
      rejected: false,
      settled: false,
    });
    void this.#keep(question);
    this.#announce();
    this.#schedule();
  }

  /** The field of a question was left: its answer needn't wait for more. */
  settle(question: string): void {
    const answer = this.#answers.get(question);
    if (answer?.dirty !== true) return;
    answer.settled = true;
    void this.#pump();
  }

  /** Sends everything now, and tries again at once what failed. */
  flush(): void {
    for (const answer of this.#answers.values()) answer.settled = true;
    this.#backOff.hurry();
    void this.#pump();
  }

  /** The network is said to be back: tries again soon, spread over the devices of a hall. */
  backOnline(): void {
    if (this.#backOff.trouble === null) return;
    this.#backOff.backOnline();
    this.#schedule();
  }

  /**
   * The page may be about to go: sends what fits in a request that outlives it. A batch that is already under way is
   * sent once more, because the browser may cut it off; twice does no harm.
   */
  async flushBeforeLeaving(): Promise<void> {
    if (this.#stopped || (this.#held && this.#offDevice.size === 0)) return;
    await this.#seal(() => true);
    const batch = nextBatch(this.#outbox, { bytesMax: KEEPALIVE_BYTES_MAX });
    if (batch.length === 0) return;
    try {
      await this.#confirm(
        batch,
        await this.#transport.send(batch[0]?.lease ?? this.lease, batch, true),
      );
    } catch {
      // if the page lives on, the ordinary way finds out what is wrong
    }
    this.#announce();
    this.#schedule();
  }

  /** Numbers everything that waits, and says what: for a way around the network. */
  async sealAll(): Promise<readonly SealedEntry[]> {
    await this.#seal(() => true);
    return this.#outbox;
  }

  /** Answers whose newest state this page alone knows, because the device could not keep it. */
  offDevice(): KeptAnswer[] {
    return [...this.#offDevice].flatMap((question) => {
      const answer = this.#answers.get(question);
      return answer === undefined
        ? []
        : [
            {
              question,
              response: answer.response,
              lease: answer.lease,
              sealed: answer.sealed,
              dirty: true,
            },
          ];
    });
  }

  /**
   * The clock stands: what waits stays on the device until it runs again, because what comes meanwhile doesn't count.
   * What was sent before this page knew is sent once more then.
   */
  hold(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    if (held) return;
    for (const question of this.#heldAside) {
      const answer = this.#answers.get(question);
      if (answer !== undefined && this.#aside.get(question) === "late")
        Object.assign(answer, { dirty: true, settled: true });
    }
    this.#heldAside.clear();
    this.#announce();
    this.#schedule();
  }

  /** Stops sending: the attempt is over here. What waits stays in the journal. */
  stop(): void {
    this.#stopped = true;
    this.#wake?.();
    this.#wake = null;
  }

  // -- to the device

  async #keep(question: string): Promise<void> {
    if (this.#keeping.has(question)) return; // the one under way looks again when it is done
    this.#keeping.add(question);
    let kept: Tracked | undefined;
    do {
      // Written behind the sealing's back it would say that the answer was never sealed.
      while (this.#beingSealed.has(question)) await this.#sealing;
      kept = this.#answers.get(question);
      if (kept === undefined) break;
      const { response, lease, sealed, dirty } = kept;
      const done = await this.#onDevice(() =>
        this.#journal.keep({ question, response, lease, sealed, dirty }),
      );
      if (done) this.#offDevice.delete(question);
      else this.#offDevice.add(question);
    } while (kept.response !== this.#answers.get(question)?.response);
    this.#keeping.delete(question);
    this.#announce();
  }

  /** Whether the device did it, within a time that a person would wait. */
  async #onDevice(act: () => Promise<unknown>): Promise<boolean> {
    let callOff = () => {};
    const tooLong = new Promise<false>((resolve) => {
      callOff = this.#timer.after(DEVICE_WAIT_MS, () => resolve(false));
    });
    const done = act().then(
      () => true,
      () => false,
    );
    const result = await Promise.race([done, tooLong]);
    callOff();
    return result;
  }

  /** Seals what waits and is wanted. One sealing after another: none gives an earlier question a later number. */
  #seal(isWanted: (answer: Tracked) => boolean): Promise<void> {
    this.#sealing = this.#sealing.then(async () => {
      const waiting = [...this.#answers.values()].filter(
        (answer) => answer.dirty && !answer.rejected,
      );
      const wanted = waiting.filter(isWanted);
      if (wanted.length > 0) await this.#sealNow(inOrder(this.#oneWay, wanted, waiting));
    });
    return this.#sealing;
  }

  async #sealNow(answers: readonly Tracked[]): Promise<void> {
    const from = this.#nextSeq;
    this.#nextSeq += answers.length;
    const taken = answers.map(({ question, response, lease, sealed, dirty }) => ({
      question,
      response,
      lease,
      sealed,
      dirty,
    }));
    // What the device still writes may be older than what is sealed, and must not be taken for newer after a crash.
    for (const answer of taken) {
      this.#beingSealed.add(answer.question);
      if (this.#keeping.has(answer.question)) this.#journal.keep(answer).catch(() => undefined);
    }
    let entries: SealedEntry[] | null = null;
    const onDevice = await this.#onDevice(async () => {
      entries = await this.#journal.seal(this.lease, from, taken);
    });
    // Without the device the numbers come from memory; the server is asked for its last one at the next start.
    const sealed: SealedEntry[] =
      entries ??
      taken.map(({ question, response }, index) => ({
        question,
        response,
        lease: this.lease,
        seq: from + index,
      }));
    for (const entry of sealed) {
      this.#nextSeq = Math.max(this.#nextSeq, entry.seq + 1);
      if (onDevice) this.#offDevice.delete(entry.question);
      else this.#offDevice.add(entry.question);
      this.#setAside(entry.question, "passed_over", this.#walk.goesBack(entry.question));
      const answer = this.#answers.get(entry.question);
      if (answer === undefined) continue;
      answer.sealed = { lease: entry.lease, seq: entry.seq };
      answer.sealedAt = this.#timer.now();
      answer.dirty = answer.response !== entry.response;
      if (answer.dirty) answer.dirtySince = answer.changedAt;
    }
    for (const { question } of taken) this.#beingSealed.delete(question);
    this.#outbox.push(...sealed);
  }

  // -- to the server

  async #pump(): Promise<void> {
    if (this.#pumping || this.#stopped || this.#held) return;
    this.#pumping = true;
    try {
      while (!this.#stopped && !this.#held && this.#timer.now() >= this.#backOff.retryAt) {
        await this.#seal((answer) => this.#dueAt(answer) <= this.#timer.now());
        if (this.#stopped || this.#held) break;
        const batch = nextBatch(this.#outbox, this.#oneByOne ? { entriesMax: 1 } : {});
        if (batch.length === 0) {
          this.#oneByOne = false;
          break;
        }
        this.#announce();
        await this.#send(batch);
      }
    } finally {
      this.#pumping = false;
    }
    this.#announce();
    this.#schedule();
  }

  #dueAt(answer: Tracked): number {
    if (!answer.dirty || answer.rejected) return Number.POSITIVE_INFINITY;
    if (answer.settled) return answer.changedAt;
    const due = Math.min(answer.changedAt + DEBOUNCE_MS, answer.dirtySince + UNSENT_MS_MAX);
    return answer.bytes > LARGE_RESPONSE_BYTES
      ? Math.max(due, answer.sealedAt + LARGE_EVERY_MS)
      : due;
  }

  async #send(batch: readonly SealedEntry[]): Promise<void> {
    const lease = batch[0]?.lease ?? this.lease;
    try {
      const progress = await this.#confirm(batch, await this.#transport.send(lease, batch, false));
      if (!progress) this.#waitAWhile("busy", null);
    } catch (error) {
      await this.#failed(batch, lease, error instanceof ApiError ? error : ApiError.offline(error));
    }
  }

  /** Takes in receipts; false when none was for this batch. */
  async #confirm(
    batch: readonly SealedEntry[],
    receipts: readonly SaveReceipt[],
  ): Promise<boolean> {
    const status = new Map(receipts.map((receipt) => [receipt.seq, receipt.status]));
    const done = batch.filter((entry) => status.has(entry.seq));
    for (const entry of done.filter(({ lease }) => lease === this.lease)) {
      const late = status.get(entry.seq) === "late";
      this.#setAside(entry.question, "late", late);
      if (late && this.#held) this.#heldAside.add(entry.question);
    }
    if (done.length > 0) this.#backOff.succeeded();
    await this.#drop(done);
    return done.length > 0;
  }

  async #drop(entries: readonly SealedEntry[]): Promise<void> {
    const gone = new Set(entries.map(keyText));
    this.#outbox = this.#outbox.filter((entry) => !gone.has(keyText(entry)));
    for (const { question } of entries)
      if (!this.#isWaiting(question)) this.#offDevice.delete(question);
    // When the device doesn't forget, the entries are sent once more at the next start; that does no harm.
    if (entries.length > 0)
      await this.#onDevice(() =>
        this.#journal.forget(entries.map(({ lease, seq }) => ({ lease, seq }))),
      );
  }

  async #failed(batch: readonly SealedEntry[], lease: number, error: ApiError): Promise<void> {
    if (error.transient) {
      // What another request has brought there meanwhile needs no further try.
      if (!batch.some((entry) => this.#outbox.includes(entry))) return;
      this.#waitAWhile(error.status === 0 ? "offline" : "busy", error.retryAfterSeconds);
    } else if (error.code === "exam.lease_stale") {
      // The server has kept these as superseded.
      const here = batch.filter(({ question }) => this.#offDevice.has(question));
      await this.#drop(batch);
      // The server has a record that doesn't count: to its candidate this page is still the only place for it.
      for (const { question } of here) this.#offDevice.add(question);
      if (lease === this.lease) this.#events.leaseLost();
    } else if (error.code === "exam.entry_conflict") {
      await this.#renumber(lease);
    } else if ([400, 413, 415, 422].includes(error.status)) {
      if (batch.length > 1) this.#oneByOne = true;
      else await this.#reject(batch);
    } else {
      this.#waitAWhile("refused", error.retryAfterSeconds);
      this.#events.refused(error);
    }
  }

  #waitAWhile(trouble: Trouble, retryAfterSeconds: number | null): void {
    this.#backOff.failed(trouble, retryAfterSeconds);
    // The device may have found room again.
    for (const question of this.#offDevice) void this.#keep(question);
  }

  /** This device's numbers are behind the server's (its storage was lost or turned back): gives out new ones. */
  async #renumber(lease: number): Promise<void> {
    let last: number;
    try {
      last = await this.#transport.lastSeq(lease);
    } catch (error) {
      const problem = error instanceof ApiError ? error : ApiError.offline(error);
      this.#waitAWhile(problem.status === 0 ? "offline" : "busy", problem.retryAfterSeconds);
      return;
    }
    const stuck = this.#outbox.filter((entry) => entry.lease === lease);
    if (lease === this.lease) {
      this.#nextSeq = Math.max(this.#nextSeq, last) + RENUMBER_GAP;
      for (const entry of stuck) {
        const answer = this.#answers.get(entry.question);
        if (answer) Object.assign(answer, { dirty: true, settled: true });
      }
      // First the device knows that these answers are to be sent, then it forgets what they were sealed as.
      await Promise.all(stuck.map((entry) => this.#keep(entry.question)));
    }
    await this.#drop(stuck);
    this.#waitAWhile("busy", null);
  }

  /** The server won't take this answer as it is; the others go on. It stays on the device until it is changed. */
  async #reject(batch: readonly SealedEntry[]): Promise<void> {
    for (const { question, seq } of batch) {
      const answer = this.#answers.get(question);
      if (answer?.sealed?.seq === seq) Object.assign(answer, { rejected: true, dirty: true });
    }
    await Promise.all(batch.map((entry) => this.#keep(entry.question)));
    await this.#drop(batch);
  }

  // -- bookkeeping

  #setAside(question: string, why: Aside, is: boolean): void {
    if (is) this.#aside.set(question, why);
    else if (this.#aside.get(question) === why) this.#aside.delete(question);
  }

  #isWaiting(question: string): boolean {
    return (
      this.#answers.get(question)?.dirty === true ||
      this.#outbox.some((entry) => entry.question === question && entry.lease === this.lease)
    );
  }

  #measure(): SaveStatus {
    const all = [...this.#answers.values()];
    const waiting = all
      .filter((answer) => !answer.rejected && this.#isWaiting(answer.question))
      .map(({ question }) => question);
    return {
      waiting: waiting.length,
      trouble: this.#backOff.trouble,
      onDevice: waiting.every((question) => !this.#offDevice.has(question)),
      late: [...this.#aside].flatMap(([question, why]) => (why === "late" ? [question] : [])),
      passedOver: [...this.#aside].flatMap(([question, why]) =>
        why === "passed_over" ? [question] : [],
      ),
      rejected: all.filter((answer) => answer.rejected).map((answer) => answer.question),
    };
  }

  #announce(always = false): void {
    const status = this.#measure();
    if (!always && sameStatus(status, this.#status)) return;
    this.#status = status;
    this.#events.statusChanged(status);
  }

  #schedule(): void {
    if (this.#stopped || this.#held) return;
    this.#wake?.();
    this.#wake = null;
    const dues = [...this.#answers.values()].map((answer) => this.#dueAt(answer));
    const due = this.#outbox.length > 0 ? 0 : Math.min(...dues);
    if (due === Number.POSITIVE_INFINITY) return;
    const wait = Math.max(due, this.#backOff.retryAt) - this.#timer.now();
    this.#wake = this.#timer.after(Math.max(0, wait), () => void this.#pump());
  }
}

const keyText = ({ lease, seq }: EntryKey) => `${lease}/${seq}`;
