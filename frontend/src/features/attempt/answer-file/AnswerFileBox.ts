import { fromBase64Url } from "@/shared/lib/base64";
import type { Clock } from "@/shared/time";
import type { AttemptAccess } from "../api/attemptApi";
import { keepAnswerFileKey, keptAnswerFileKey } from "../journal/device";
import { compareKeys, type KeptReceipt } from "../journal/journal";
import type { ReceiptBox } from "../receipts/ReceiptBox";
import type { SaveQueue } from "../save-queue/SaveQueue";
import { preparedAnswerFile } from "./prepare";

/** What waits on this device, and under which lease. */
type Waiting = Pick<SaveQueue, "lease" | "sealAll">;

interface Parts {
  access: AttemptAccess;
  clock: Clock;
}

/**
 * What a device gives away by hand when no network comes any more: what the server has no receipt for, sealed for the
 * installation. Making it changes nothing: all of it is still sent when the network is back, and counts once.
 */
export class AnswerFileBox {
  readonly #parts: Parts;
  readonly #receipts: ReceiptBox;
  readonly #queue: () => Waiting | null;
  #key: string | null = null;

  constructor(parts: Parts, receipts: ReceiptBox, queue: () => Waiting | null) {
    this.#parts = parts;
    this.#receipts = receipts;
    this.#queue = queue;
    void keptAnswerFileKey().then((kept) => {
      this.#key ??= kept;
    });
  }

  /** Takes in what answer files are sealed for. A server of the version before doesn't say. */
  learn(key: string | undefined): void {
    if (key === undefined || key === this.#key) return;
    this.#key = key;
    void keepAnswerFileKey(key);
  }

  /** Whether one can be made here and now, without the network. */
  get isReady(): boolean {
    return this.#key !== null && preparedAnswerFile() !== null;
  }

  /** The file, and its text in parts; null where it can't be made. */
  async make(): Promise<{ file: Uint8Array; parts: string[] } | null> {
    const { access, clock } = this.#parts;
    const code = preparedAnswerFile();
    const queue = this.#queue();
    if (this.#key === null || code === null || queue === null) return null;
    const instant = (at: number) => new Date(at).toISOString();
    const held = (await this.#receipts.all()).filter(({ kind }) => kind === "response");
    const newest = held.reduce<KeptReceipt | null>(
      (last, one) => (last === null || one.received_at > last.received_at ? one : last),
      null,
    );
    const content = {
      attempt_id: access.attemptId,
      ticket: access.ticket,
      lease_no: queue.lease,
      made_at: instant(clock.now()),
      entries: [...(await queue.sealAll())].sort(compareKeys).map((entry) => ({
        lease_no: entry.lease,
        seq: entry.seq,
        question_id: entry.question,
        ...(entry.at !== undefined && { written_at: instant(entry.at) }),
        response: entry.response,
      })),
      held: held.map(({ lease_no, seq }) => [lease_no, seq]),
      last_receipt: newest,
    };
    const bytes = new TextEncoder().encode(JSON.stringify(content));
    const file = code.seal(bytes, fromBase64Url(this.#key));
    return { file, parts: code.partsOf(file) };
  }
}
