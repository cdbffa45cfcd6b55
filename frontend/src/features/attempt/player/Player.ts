import {
  ApiError,
  type Attempt,
  type AttemptStatus,
  type CandidatePaper,
  type QuestionResponse,
} from "@/shared/api";
import type { Clock } from "@/shared/time";
import { AnswerFileBox } from "../answer-file/AnswerFileBox";
import type { AttemptAccess } from "../api/attemptApi";
import { getAttempt } from "../api/getAttempt";
import { getPaper } from "../api/getPaper";
import { getResponses } from "../api/getResponses";
import { openAttempt } from "../api/openAttempt";
import { isFresh } from "../api/startAttempt";
import { uploadFile } from "../api/uploadFile";
import { namesFile, newFile, withFile, withoutFile } from "../files/answerWith";
import { FileSender, type FileStatus } from "../files/FileSender";
import { missingFiles } from "../files/missingFiles";
import { deviceId, type KeptPaper, keepLease, keepPaper, keptLease } from "../journal/device";
import { type Journal, loadKept } from "../journal/journal";
import { ReceiptBox } from "../receipts/ReceiptBox";
import type { Timer } from "../save-queue/parts";
import { reconcile } from "../save-queue/reconcile";
import { SaveQueue } from "../save-queue/SaveQueue";
import { apiTransport } from "../save-queue/transport";
import { PaperBox } from "../sealed/PaperBox";
import { elsewhereFrom } from "./elsewhere";
import { findNotCounted } from "./findNotCounted";
import { HandIn } from "./HandIn";
import { oneWaySections, whereabouts } from "./navigation";
import { SectionTeller } from "./SectionTeller";
import {
  initialState,
  isOver,
  isWaiting,
  type PlayerEvent,
  type PlayerState,
  reduce,
} from "./state";
import type { TabLease } from "./tabLease";

export interface PlayerParts {
  access: AttemptAccess;
  journal: Journal;
  timer: Timer;
  clock: Clock;
  tab: TabLease;
}

/**
 * One attempt on this screen: holds the state, and does what the state alone can't (ask, save, keep). It never
 * navigates and never gives an answer up: whatever the server says, the journal stays until the hand-in is confirmed.
 */
export class Player {
  readonly access: AttemptAccess;
  readonly receipts: ReceiptBox;
  readonly answerFile: AnswerFileBox;
  readonly #parts: PlayerParts;
  readonly #listeners = new Set<() => void>();
  #state: PlayerState;
  #lease: number | null = null;
  #queue: SaveQueue | null = null;
  readonly #files: FileSender;
  #asking: Promise<void> | null = null;
  #isEntering = false;
  readonly #sections: SectionTeller;
  readonly #papers: PaperBox;
  readonly #handIn: HandIn;

  constructor(attempt: Attempt, parts: PlayerParts) {
    this.#parts = parts;
    this.access = parts.access;
    this.receipts = new ReceiptBox(attempt.id, parts.journal);
    this.answerFile = new AnswerFileBox(parts, this.receipts, () => this.#queue);
    this.#papers = new PaperBox(parts.access);
    this.#sections = new SectionTeller(parts.access, (heard) =>
      this.#dispatch({ type: "attempt_heard", attempt: heard }),
    );
    this.#files = new FileSender({
      journal: parts.journal,
      timer: parts.timer,
      upload: (id, file) => uploadFile(parts.access, id, file),
      changed: (files) => this.#filesChanged(files),
    });
    this.#handIn = new HandIn({
      access: parts.access,
      timer: parts.timer,
      receipts: this.receipts,
      state: () => this.#state,
      lease: () => this.#lease ?? 0,
      dispatch: (event) => this.#dispatch(event),
      heard: (heard) => this.#heard(heard),
      lost: () => this.#lost(),
      ask: () => this.ask(),
    });
    this.#state = initialState(attempt);
  }

  get state(): PlayerState {
    return this.#state;
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  };

  /**
   * Makes the player ready: takes the lease in the lobby, or finds a running attempt again. An attempt that runs on
   * another device isn't taken away from it before the candidate asks for that.
   */
  async prepare(): Promise<void> {
    const { attempt } = this.#state;
    if (attempt.closed) return this.#finishOldEntries();
    if (attempt.state === "scheduled" || attempt.state === "ready") {
      await this.#takeLease(false).catch(() => undefined); // start takes it again, and reports what is wrong
    } else if (attempt.state === "in_progress" || attempt.state === "paused") {
      await this.#unlessElsewhere(this.#resume(false));
    } else await this.#finishOldEntries();
  }

  /** Goes on from what this device kept, while the server is away. */
  async resumeWithoutServer({ attempt, paper, lease }: KeptPaper): Promise<void> {
    this.#dispatch({ type: "server_reached", reachable: false });
    this.#lease = lease;
    await this.#begin(attempt, paper, null);
  }

  /** Starts the working time. Rejects with an `ApiError` that says why it can't start yet. */
  async start(): Promise<void> {
    await this.#entering(async () => {
      if (this.#lease === null) await this.#takeLease(false);
      const { attempt, paper } = await this.#startOnce();
      const responses = isFresh(attempt) ? [] : await getResponses(this.access);
      await this.#begin(attempt, paper, responses);
    });
  }

  /** Notes that the attempt is being entered, so that nothing else enters it at the same time. */
  async #entering(act: () => Promise<void>): Promise<void> {
    this.#isEntering = true;
    await act().finally(() => {
      this.#isEntering = false;
    });
  }

  #startOnce(): Promise<{ attempt: Attempt; paper: CandidatePaper }> {
    return this.#papers.start(this.#lease ?? 0).catch((error: unknown) => {
      if (error instanceof ApiError && error.code === "exam.lease_stale") this.#lost();
      throw error;
    });
  }

  /** Brings the attempt back to this tab of this device, from wherever it is. */
  async takeBack(): Promise<void> {
    await this.#parts.tab.claim(true);
    const { state } = this.#state.attempt;
    if (state === "in_progress" || state === "paused")
      await this.#unlessElsewhere(this.#resume(true));
    else {
      await this.#takeLease(true);
      this.#dispatch({ type: "writer_changed", writer: "me" });
    }
  }

  /** The attempt is brought here, unless it runs on another device and has to stay there for now. */
  async #unlessElsewhere(bringing: Promise<void>): Promise<void> {
    try {
      await bringing;
    } catch (error) {
      const elsewhere = elsewhereFrom(error);
      if (elsewhere === null) throw error;
      this.#dispatch({ type: "open_elsewhere", elsewhere });
      await this.#findNotCounted();
    }
  }

  /** Another device has the right to write now. */
  #lost(): void {
    this.#dispatch({ type: "writer_changed", writer: "another_device" });
    void this.#findNotCounted();
  }

  /** Looks for what was written here and doesn't count: it stays readable, whatever becomes of the attempt. */
  async #findNotCounted(): Promise<void> {
    const here = this.#queue?.offDevice() ?? [];
    const kept = await loadKept(this.#parts.journal);
    const answers = await findNotCounted(this.access, kept, here, this.receipts, this.#state.paper);
    this.#dispatch({ type: "not_counted", answers });
  }

  async #takeLease(takeOver: boolean): Promise<void> {
    const opened = await openAttempt(this.access, await deviceId(), takeOver);
    const { lease_no, attempt } = opened;
    if (attempt.started_at === null) void this.#papers.fetchAhead(opened.sealed);
    this.#lease = lease_no;
    this.answerFile.learn(opened.answer_file_key);
    await keepLease(attempt.id, lease_no);
    this.#dispatch({ type: "attempt_heard", attempt });
  }

  #resume(takeOver: boolean): Promise<void> {
    return this.#entering(async () => {
      await this.#takeLease(takeOver);
      // While the clock stands the paper is out of sight: it comes when the exam goes on.
      if (this.#state.attempt.state === "paused")
        return this.#dispatch({ type: "writer_changed", writer: "me" });
      const [paper, responses] = await Promise.all([
        getPaper(this.access),
        getResponses(this.access),
      ]);
      await this.#begin(this.#state.attempt, paper, responses);
    });
  }

  async #begin(
    attempt: Attempt,
    paper: CandidatePaper,
    responses: Parameters<typeof reconcile>[2],
  ): Promise<void> {
    const lease = this.#lease ?? attempt.lease_no;
    this.#queue?.stop();
    const kept = await loadKept(this.#parts.journal);
    // What the device could not keep is known to this page alone.
    const here = this.#queue?.offDevice() ?? [];
    const answers = kept.answers.filter(
      ({ question }) => !here.some((one) => one.question === question),
    );
    const start = reconcile(lease, { ...kept, answers: [...answers, ...here] }, responses);
    const queue = this.#newQueue(lease, start, paper);
    this.#queue = queue;
    this.#dispatch({
      type: "begun",
      attempt,
      paper,
      answers: Object.fromEntries(
        start.answers.map(({ question, response }) => [question, response]),
      ),
      place: kept.place,
      now: this.#parts.clock.now(),
    });
    queue.begin();
    const { answers: named } = this.#state;
    this.#files.resume(
      kept.files.filter(({ question, id }) => namesFile(named[question], id)),
      missingFiles(responses ?? [], named),
    );
    void keepPaper({ attempt, paper, lease });
    this.#keepPlace();
    this.#tellSections();
  }

  /** The attempt is over, but this device may still hold entries from before: they are sent, and marked late. */
  async #finishOldEntries(): Promise<void> {
    const kept = await loadKept(this.#parts.journal);
    const waits = kept.outbox.length > 0 || kept.answers.some((answer) => answer.dirty);
    if (!waits && kept.files.length === 0) {
      await this.#parts.journal.purge().catch(() => undefined);
      return;
    }
    const lease = (await keptLease(this.#state.attempt.id)) ?? this.#state.attempt.lease_no;
    this.#lease = lease;
    const server = await getResponses(this.access).catch(() => null);
    const start = reconcile(lease, kept, server);
    this.#queue = this.#newQueue(lease, start);
    this.#queue.begin();
    this.#files.resume(kept.files);
  }

  #newQueue(
    lease: number,
    start: ReturnType<typeof reconcile>,
    paper: CandidatePaper | null = null,
  ): SaveQueue {
    const { journal, timer } = this.#parts;
    return new SaveQueue(lease, start, {
      journal,
      timer,
      oneWay: paper === null ? [] : oneWaySections(paper),
      transport: apiTransport(
        this.access,
        (status) => this.#heardStatus(status),
        (of, receipts) => this.receipts.keep(of, receipts),
      ),
      events: {
        statusChanged: (saves) => {
          this.#dispatch({ type: "saves_changed", saves });
          if (this.#state.writer === "another_device") void this.#findNotCounted();
          if (!isWaiting(this.#state)) void this.#purgeIfDone();
          void this.#handIn.go();
        },
        leaseLost: () => {
          this.#lost();
          void this.ask();
        },
        refused: (error) => {
          // The server knows nothing of this device's lease (it was restored from a backup): it gives out a new one.
          if (error.code === "exam.no_such_lease") void this.#resume(false).catch(() => undefined);
          else void this.ask();
        },
      },
    });
  }

  #filesChanged(files: readonly FileStatus[]): void {
    this.#dispatch({ type: "files_changed", files });
    if (!isWaiting(this.#state)) void this.#purgeIfDone();
    if (this.#state.handIn !== "sending") return;
    // Nobody hands in without the file that they chose unless they say so again.
    if (files.some(({ refused }) => refused !== null)) this.callOffHandIn();
    else void this.#handIn.go();
  }

  answer(question: string, response: QuestionResponse): void {
    this.#dispatch({ type: "answered", question, response });
    this.#queue?.change(question, response);
    if (response.type === "file_upload")
      this.#files.keepOnly(
        question,
        response.files.map(({ id }) => id),
      );
  }

  /** Adds a file to the answer of a question, and sends it. The answer names it from now on. */
  addFile(question: string, file: File): void {
    const named = newFile(file);
    void this.#files.add({ id: named.id, question, file });
    this.answer(question, withFile(this.#state.answers[question], named));
    this.settle(question);
  }

  /** Tries once more to send a file that the server refused. */
  retryFile(id: string): void {
    this.#files.retry(id);
  }

  /** Takes a file out of the answer of its question. */
  removeFile(question: string, id: string): void {
    const without = withoutFile(this.#state.answers[question], id);
    if (without === null) return;
    this.answer(question, without);
    this.settle(question);
  }

  /** The field of a question was left. */
  settle(question: string): void {
    this.#queue?.settle(question);
  }

  goTo(question: string): void {
    const from = this.#state.place.current;
    if (from !== null && from !== question) this.settle(from);
    this.#dispatch({ type: "went_to", question, now: this.#parts.clock.now() });
    this.#keepPlace();
    this.#tellSections();
  }

  /** Tells the server which sections were entered, as long as this device may. */
  #tellSections(): void {
    const { writer, attempt } = this.#state;
    if (this.#lease !== null && writer === "me" && !attempt.closed)
      this.#sections.tell(whereabouts(this.#state), this.#lease);
  }

  toggleFlag(question: string): void {
    this.#dispatch({ type: "flag_toggled", question });
    this.#keepPlace();
  }

  readDeadlineChange(): void {
    this.#dispatch({ type: "deadline_change_read" });
  }

  #keepPlace(): void {
    // Losing one's place is no loss of answers: when the device can't keep it, one begins at the first question.
    this.#parts.journal.keepPlace(this.#state.place).catch(() => undefined);
  }

  /** Asks the server how the attempt stands; at most one question at a time is on its way. */
  ask(): Promise<void> {
    this.#asking ??= this.#askOnce().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #askOnce(): Promise<void> {
    try {
      this.#heard(await getAttempt(this.access));
    } catch (error) {
      // A refusal is an answer too: it says nothing about the attempt, but the server is there.
      const away = error instanceof ApiError && error.transient;
      if (away) this.#dispatch({ type: "server_reached", reachable: false });
    }
  }

  #heard(attempt: Attempt): void {
    const was = this.#state;
    this.#dispatch({ type: "attempt_heard", attempt });
    this.#afterHearing(was);
  }

  /** A reply to a save carries less than the whole attempt; when it tells of a change, the rest is asked for. */
  #heardStatus(status: AttemptStatus): void {
    const was = this.#state;
    this.#dispatch({ type: "status_heard", status });
    if (status.version > was.wholeVersion) void this.ask();
    this.#afterHearing(was);
  }

  #afterHearing(was: PlayerState): void {
    const { attempt } = this.#state;
    if (!was.reachable) this.#dispatch({ type: "server_reached", reachable: true });
    if (was.saves.trouble === "offline") this.#queue?.backOnline();
    this.#tellSections();
    const lease = this.#lease;
    const writing =
      !attempt.closed && (attempt.state === "in_progress" || attempt.state === "paused");
    if (lease !== null && attempt.lease_no > lease && writing && this.#state.writer === "me")
      this.#lost();
    // An invigilator has agreed: nobody needs to press anything more.
    if (attempt.may_move && !was.attempt.may_move && this.#state.elsewhere?.asked)
      void this.takeBack().catch(() => undefined);
    if (this.#queue?.lease === lease) this.#queue?.hold(attempt.state === "paused");
    // Begun elsewhere or by an earlier visit while this tab waited in the lobby, or brought here during a pause.
    if (
      attempt.state === "in_progress" &&
      !attempt.closed &&
      this.#queue?.lease !== lease &&
      this.#state.writer === "me" &&
      lease === attempt.lease_no &&
      !this.#isEntering
    )
      void this.#resume(false).catch(() => undefined);
    if (isOver(attempt)) void this.#purgeIfDone();
  }

  /** The device says that its network is back. */
  networkBack(): void {
    this.#queue?.backOnline();
    this.#files.hurry();
    void this.ask();
  }

  /** Sends everything now: working time is over, or the candidate asked. */
  flush(): void {
    this.#queue?.flush();
    this.#files.hurry();
  }

  /** The page may be about to go. */
  beforeLeaving(): void {
    void this.#queue?.flushBeforeLeaving();
  }

  /** Another tab of this browser took the attempt. */
  loseTab(): void {
    const queue = this.#queue;
    void queue?.flushBeforeLeaving().then(() => queue.stop());
    this.#files.stop();
    this.#dispatch({ type: "writer_changed", writer: "another_tab" });
  }

  askHandIn(): void {
    this.#dispatch({ type: "hand_in_asked" });
  }

  callOffHandIn(): void {
    this.#dispatch({ type: "hand_in_called_off" });
  }

  handIn(): void {
    this.#dispatch({ type: "hand_in_confirmed" });
    this.flush();
    void this.#handIn.go();
  }

  /** Removes the attempt from this device once it is over and the server has everything. */
  async #purgeIfDone(): Promise<void> {
    const { attempt, saves } = this.#state;
    const done = isOver(attempt) && !isWaiting(this.#state) && saves.rejected.length === 0;
    // Without a queue nobody has looked yet whether something still waits.
    if (!done || this.#queue === null) return;
    await this.#parts.journal.purge().catch(() => undefined);
    await this.#papers.forget();
  }

  /** The screen is gone: stops sending. What waits is in the journal. */
  dispose(): void {
    this.#queue?.stop();
    this.#files.stop();
  }

  #dispatch(event: PlayerEvent): void {
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state !== before) for (const listener of this.#listeners) listener();
  }
}
