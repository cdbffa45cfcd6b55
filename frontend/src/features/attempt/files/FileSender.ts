import { ApiError } from "@/shared/api";
import type { Journal, PendingFile } from "../journal/journal";
import { BackOff } from "../save-queue/backOff";
import type { Timer } from "../save-queue/parts";

/** How a file that the server doesn't have yet stands. */
export interface FileStatus {
  readonly id: string;
  readonly question: string;
  readonly name: string;
  /** Why the server won't take it; null while it is on its way, however often that is tried. */
  readonly refused: ApiError | null;
  /** Whether this device keeps it, so that closing the page loses nothing. */
  readonly onDevice: boolean;
  /** Whether this device has it at all, and can send it again. */
  readonly isHere: boolean;
}

/** Why a file that was chosen on another device can't be sent from this one. */
const ELSEWHERE = new ApiError({ status: 404, code: "client.file_elsewhere", detail: "" });

interface Sending {
  pending: PendingFile;
  refused: ApiError | null;
  onDevice: boolean;
}

/** A file that an answer names, and that neither the server nor this device has. */
export type MissingFile = Omit<PendingFile, "file"> & { name: string };

export interface FileSenderParts {
  upload: (id: string, file: File) => Promise<unknown>;
  journal: Pick<Journal, "keepFile" | "forgetFile">;
  timer: Timer;
  changed: (files: readonly FileStatus[]) => void;
}

/**
 * Brings the files of answers to the server, one after the other, and tries until each is there or refused. The answer
 * names its file from the start, by the id that this device gave it: in which order the two arrive doesn't matter.
 */
export class FileSender {
  readonly #parts: FileSenderParts;
  readonly #backOff: BackOff;
  readonly #files = new Map<string, Sending>();
  #missing: readonly MissingFile[] = [];
  #isSending = false;
  #stopped = false;
  #wake: (() => void) | null = null;

  constructor(parts: FileSenderParts) {
    this.#parts = parts;
    this.#backOff = new BackOff(parts.timer);
  }

  /** Sends a file. It is kept on the device first, as far as that can. */
  async add(pending: PendingFile): Promise<void> {
    const sending: Sending = { pending, refused: null, onDevice: false };
    this.#files.set(pending.id, sending);
    this.#announce();
    sending.onDevice = await this.#parts.journal.keepFile(pending).then(
      () => true,
      () => false,
    );
    this.#announce();
    void this.#run();
  }

  /** Goes on with what the device kept, and says which files that answers name are `missing` everywhere. */
  resume(kept: readonly PendingFile[], missing: readonly MissingFile[] = []): void {
    this.#missing = missing.filter(({ id }) => !kept.some((file) => file.id === id));
    for (const pending of kept)
      if (!this.#files.has(pending.id))
        this.#files.set(pending.id, { pending, refused: null, onDevice: true });
    this.#announce();
    void this.#run();
  }

  /** Tries a refused file again. */
  retry(id: string): void {
    const sending = this.#files.get(id);
    if (sending === undefined) return;
    sending.refused = null;
    this.#announce();
    this.hurry();
  }

  /** Gives up the files of a question that its answer doesn't name any more. */
  keepOnly(question: string, ids: readonly string[]): void {
    this.#missing = this.#missing.filter(
      (file) => file.question !== question || ids.includes(file.id),
    );
    for (const { pending } of [...this.#files.values()])
      if (pending.question === question && !ids.includes(pending.id)) this.#drop(pending.id);
    this.#announce();
  }

  /** Tries again at once. */
  hurry(): void {
    this.#backOff.hurry();
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    this.#wake?.();
    this.#wake = null;
  }

  #drop(id: string): void {
    this.#files.delete(id);
    // Where the device can't forget it, the next visit sends it once more; that does no harm.
    this.#parts.journal.forgetFile(id).catch(() => undefined);
    this.#announce();
  }

  async #run(): Promise<void> {
    if (this.#isSending || this.#stopped) return;
    this.#wake?.();
    this.#wake = null;
    this.#isSending = true;
    while (!this.#stopped && this.#parts.timer.now() >= this.#backOff.retryAt) {
      const next = [...this.#files.values()].find(({ refused }) => refused === null);
      if (next === undefined) break;
      await this.#send(next);
    }
    this.#isSending = false;
    const waits = [...this.#files.values()].some(({ refused }) => refused === null);
    if (!waits || this.#stopped) return;
    const wait = Math.max(0, this.#backOff.retryAt - this.#parts.timer.now());
    this.#wake = this.#parts.timer.after(wait, () => void this.#run());
  }

  async #send(sending: Sending): Promise<void> {
    const { id, file } = sending.pending;
    try {
      await this.#parts.upload(id, file);
      this.#backOff.succeeded();
      this.#drop(id);
    } catch (error) {
      const problem = error instanceof ApiError ? error : ApiError.offline(error);
      if (problem.transient)
        this.#backOff.failed(problem.status === 0 ? "offline" : "busy", problem.retryAfterSeconds);
      else sending.refused = problem;
      this.#announce();
    }
  }

  #announce(): void {
    this.#parts.changed([
      ...[...this.#files.values()].map(
        ({ pending: { id, question, file }, refused, onDevice }) => ({
          id,
          question,
          name: file.name,
          refused,
          onDevice,
          isHere: true,
        }),
      ),
      ...this.#missing
        .filter(({ id }) => !this.#files.has(id))
        .map((file) => ({ ...file, refused: ELSEWHERE, onDevice: false, isHere: false })),
    ]);
  }
}
