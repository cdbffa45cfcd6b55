import {
  ApiError,
  type Attempt,
  type AttemptStatus,
  type CandidatePaper,
  type QuestionResponse,
} from "@/shared/api";
import type { Clock } from "@/shared/time";
import type { AttemptAccess } from "../api/attemptApi";
import { enterSection } from "../api/enterSection";
import { getAttempt } from "../api/getAttempt";
import { getPaper } from "../api/getPaper";
import { getResponses } from "../api/getResponses";
import { openAttempt } from "../api/openAttempt";
import { startAttempt } from "../api/startAttempt";
import { submitAttempt } from "../api/submitAttempt";
import { uploadFile } from "../api/uploadFile";
import { deviceId, type KeptPaper, keepLease, keepPaper, keptLease } from "../journal/device";
import type { Journal } from "../journal/journal";
import type { Timer } from "../save-queue/parts";
import { reconcile } from "../save-queue/reconcile";
import { SaveQueue } from "../save-queue/SaveQueue";
import { apiTransport } from "../save-queue/transport";
import { oneWaySections, sectionsToTell, whereabouts } from "./navigation";
import { initialState, type PlayerEvent, type PlayerState, reduce } from "./state";
import type { TabLease } from "./tabLease";

/** How often hand-in is tried again while the server can't be reached. */
const HAND_IN_RETRY_MS = 3_000;

/** States that no candidate comes back from. */
const OVER: readonly Attempt["state"][] = ["submitted", "terminated", "absent"];

/** A start that was answered this soon after is this very start: nothing can have been answered yet. */
const FRESH_START_MS = 2_000;

function isFresh({ started_at: startedAt, server_time: serverTime }: Attempt): boolean {
  return startedAt !== null && Date.parse(serverTime) - Date.parse(startedAt) < FRESH_START_MS;
}

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
  readonly #parts: PlayerParts;
  readonly #listeners = new Set<() => void>();
  #state: PlayerState;
  #lease: number | null = null;
  #queue: SaveQueue | null = null;
  #asking: Promise<void> | null = null;
  #handingIn = false;
  #isEntering = false;
  /** Sections whose entering is on its way to the server, or was answered. */
  readonly #toldSections = new Set<number>();

  constructor(attempt: Attempt, parts: PlayerParts) {
    this.#parts = parts;
    this.access = parts.access;
    this.#state = initialState(attempt);
  }

  get state(): PlayerState {
    return this.#state;
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  };

  // -- beginning

  /**
   * Makes the player ready: takes the lease in the lobby, or finds a running attempt again. An attempt that runs on
   * another device isn't taken away from it before the candidate asks for that.
   */
  async prepare(): Promise<void> {
    const { attempt } = this.#state;
    if (attempt.closed) return this.#finishOldEntries();
    if (attempt.state === "scheduled" || attempt.state === "ready") {
      await this.#takeLease().catch(() => undefined); // start takes it again, and reports what is wrong
    } else if (attempt.state === "in_progress" || attempt.state === "paused") {
      const known = await keptLease(attempt.id);
      if (attempt.lease_no !== 0 && known !== attempt.lease_no)
        this.#dispatch({ type: "writer_changed", writer: "another_device" });
      else await this.#resume();
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
      if (this.#lease === null) await this.#takeLease();
      const { attempt, paper } = await this.#startOnce();
      const responses = isFresh(attempt) ? [] : await getResponses(this.access);
      await this.#begin(attempt, paper, responses);
    });
  }

  /** Notes that the attempt is being entered, so that nothing else enters it at the same time. */
  async #entering(act: () => Promise<void>): Promise<void> {
    this.#isEntering = true;
    try {
      await act();
    } finally {
      this.#isEntering = false;
    }
  }

  async #startOnce(): Promise<{ attempt: Attempt; paper: CandidatePaper }> {
    try {
      return await startAttempt(this.access, this.#lease ?? 0);
    } catch (error) {
      if (error instanceof ApiError && error.code === "exam.lease_stale")
        this.#dispatch({ type: "writer_changed", writer: "another_device" });
      throw error;
    }
  }

  /** Brings the attempt back to this tab of this device, from wherever it is. */
  async takeBack(): Promise<void> {
    await this.#parts.tab.claim(true);
    const { state } = this.#state.attempt;
    if (state === "in_progress" || state === "paused") await this.#resume();
    else {
      await this.#takeLease();
      this.#dispatch({ type: "writer_changed", writer: "me" });
    }
  }

  async #takeLease(): Promise<void> {
    const { lease_no, attempt } = await openAttempt(this.access, await deviceId());
    this.#lease = lease_no;
    await keepLease(attempt.id, lease_no);
    this.#dispatch({ type: "attempt_heard", attempt });
  }

  #resume(): Promise<void> {
    return this.#entering(async () => {
      await this.#takeLease();
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
    const kept = await this.#kept();
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
    void keepPaper({ attempt, paper, lease });
    this.#keepPlace();
    this.#tellSections();
  }

  async #kept() {
    try {
      return await this.#parts.journal.load();
    } catch {
      return { answers: [], outbox: [], place: null }; // the device keeps nothing; the server has the rest
    }
  }

  /** The attempt is over, but this device may still hold entries from before: they are sent, and marked late. */
  async #finishOldEntries(): Promise<void> {
    const kept = await this.#kept();
    if (kept.outbox.length === 0 && !kept.answers.some((answer) => answer.dirty)) {
      await this.#parts.journal.purge().catch(() => undefined);
      return;
    }
    const lease = (await keptLease(this.#state.attempt.id)) ?? this.#state.attempt.lease_no;
    this.#lease = lease;
    const server = await getResponses(this.access).catch(() => null);
    const start = reconcile(lease, kept, server);
    this.#queue = this.#newQueue(lease, start);
    this.#queue.begin();
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
      transport: apiTransport(this.access, (status) => this.#heardStatus(status)),
      events: {
        statusChanged: (saves) => {
          this.#dispatch({ type: "saves_changed", saves });
          if (saves.waiting === 0) void this.#purgeIfDone();
          if (this.#state.handIn === "sending") void this.#tryHandIn();
        },
        leaseLost: () => {
          this.#dispatch({ type: "writer_changed", writer: "another_device" });
          void this.ask();
        },
        refused: (error) => {
          // The server knows nothing of this device's lease (it was restored from a backup): it gives out a new one.
          if (error.code === "exam.no_such_lease") void this.#resume().catch(() => undefined);
          else void this.ask();
        },
      },
    });
  }

  // -- during the exam

  answer(question: string, response: QuestionResponse): void {
    this.#dispatch({ type: "answered", question, response });
    this.#queue?.change(question, response);
  }

  /** Sends a file, and adds it to the answer of the question, wherever the candidate is by then. */
  async upload(question: string, file: File): Promise<void> {
    const there = this.#queue?.expect(question);
    const { name } = file;
    this.#dispatch({ type: "upload_began", question, name });
    try {
      const sent = await uploadFile(this.access, file);
      this.#dispatch({ type: "upload_ended", question, name, failed: null });
      there?.();
      const before = this.#state.answers[question];
      const files = before?.type === "file_upload" ? before.files : [];
      this.answer(question, { type: "file_upload", files: [...files, sent] });
      this.settle(question);
    } catch (error) {
      // Nobody hands in without the file that they chose unless they say so again.
      if (this.#state.handIn === "sending") this.callOffHandIn();
      const failed = error instanceof ApiError ? error : ApiError.offline(error);
      this.#dispatch({ type: "upload_ended", question, name, failed });
      there?.();
    }
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

  /** Tells the server which sections with a time limit of their own were entered here; what doesn't arrive, later. */
  #tellSections(): void {
    const { writer, attempt } = this.#state;
    const at = whereabouts(this.#state);
    if (at === null || this.#lease === null || writer !== "me" || attempt.closed) return;
    for (const section of sectionsToTell(at)) {
      if (this.#toldSections.has(section)) continue;
      this.#toldSections.add(section);
      enterSection(this.access, this.#lease, section).then(
        (heard) => this.#dispatch({ type: "attempt_heard", attempt: heard }),
        (error) => {
          // A refusal says that there is nothing to enter; answers in the section enter it all the same.
          if (error instanceof ApiError && error.transient) this.#toldSections.delete(section);
        },
      );
    }
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
    if (status.version > was.attempt.version) void this.ask();
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
      this.#dispatch({ type: "writer_changed", writer: "another_device" });
    // Begun elsewhere or by an earlier visit, while this tab waited in the lobby.
    if (
      writing &&
      this.#state.paper === null &&
      this.#state.writer === "me" &&
      lease === attempt.lease_no &&
      !this.#isEntering
    )
      void this.#resume().catch(() => undefined);
    if (OVER.includes(attempt.state) || attempt.closed) void this.#purgeIfDone();
  }

  /** The device says that its network is back. */
  networkBack(): void {
    this.#queue?.backOnline();
    void this.ask();
  }

  /** Sends everything now: working time is over, or the candidate asked. */
  flush(): void {
    this.#queue?.flush();
  }

  /** The page may be about to go, or goes `forGood`. */
  beforeLeaving({ forGood = false } = {}): void {
    void this.#queue?.flushBeforeLeaving({ forGood });
  }

  /** Another tab of this browser took the attempt. */
  loseTab(): void {
    const queue = this.#queue;
    void queue?.flushBeforeLeaving({ forGood: true }).then(() => queue.stop());
    this.#dispatch({ type: "writer_changed", writer: "another_tab" });
  }

  // -- handing in

  askHandIn(): void {
    this.#dispatch({ type: "hand_in_asked" });
  }

  callOffHandIn(): void {
    this.#dispatch({ type: "hand_in_called_off" });
  }

  handIn(): void {
    this.#dispatch({ type: "hand_in_confirmed" });
    this.#queue?.hurry();
    void this.#tryHandIn();
  }

  /** Hands in once everything that waits has arrived; tries until it is done or called off. */
  async #tryHandIn(): Promise<void> {
    if (this.#handingIn || this.#state.handIn !== "sending" || this.#state.saves.waiting > 0)
      return;
    this.#handingIn = true;
    try {
      this.#heard(await submitAttempt(this.access, this.#lease ?? 0));
    } catch (error) {
      const refused = error instanceof ApiError && !error.transient;
      if (!refused) {
        this.#dispatch({ type: "server_reached", reachable: false });
        this.#parts.timer.after(HAND_IN_RETRY_MS, () => void this.#tryHandIn());
      } else if (error.code === "exam.lease_stale")
        this.#dispatch({ type: "writer_changed", writer: "another_device" });
      else {
        this.callOffHandIn();
        await this.ask();
      }
    } finally {
      this.#handingIn = false;
    }
  }

  /** Removes the attempt from this device once it is over and the server has everything. */
  async #purgeIfDone(): Promise<void> {
    const { attempt, saves } = this.#state;
    const over = OVER.includes(attempt.state) || attempt.closed;
    // Without a queue nobody has looked yet whether something still waits.
    if (!over || this.#queue === null || saves.waiting > 0 || saves.rejected.length > 0) return;
    await this.#parts.journal.purge().catch(() => undefined);
  }

  /** The screen is gone: stops sending. What waits is in the journal. */
  dispose(): void {
    this.#queue?.stop();
  }

  #dispatch(event: PlayerEvent): void {
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state !== before) for (const listener of this.#listeners) listener();
  }
}
