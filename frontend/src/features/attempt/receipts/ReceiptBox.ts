import type { Attempt, HandedIn, SaveReceipt } from "@/shared/api";
import type { Journal, KeptReceipt } from "../journal/journal";

/** Says which format, and which version of it, the file is in; the same as what checks it expects. */
const FORMAT = "exam-system receipts 1";

/** The receipts of an attempt, as this device got them: what its candidate can take home and have checked anywhere. */
export class ReceiptBox {
  readonly #attempt: string;
  readonly #journal: Pick<Journal, "keepReceipts" | "receipts" | "forgetReceipts">;
  /** Those of this page; the device may keep none. */
  readonly #here = new Map<string, KeptReceipt>();

  constructor(
    attempt: string,
    journal: Pick<Journal, "keepReceipts" | "receipts" | "forgetReceipts">,
  ) {
    this.#attempt = attempt;
    this.#journal = journal;
  }

  keep(lease: number, receipts: readonly SaveReceipt[]): void {
    const whole = receipts.map(
      ({ proof, ...receipt }): KeptReceipt => ({
        attempt_id: this.#attempt,
        lease_no: lease,
        kind: "response",
        ...receipt,
        ...proof,
      }),
    );
    for (const receipt of whole) this.#here.set(keyOf(receipt), receipt);
    this.#journal.keepReceipts(whole).catch(() => undefined);
  }

  /** All of them, in no order. */
  async all(): Promise<KeptReceipt[]> {
    const kept = await this.#journal.receipts().catch(() => []);
    return [...new Map([...kept.map((one) => [keyOf(one), one] as const), ...this.#here]).values()];
  }

  /** Keeps the receipt of the hand-in itself. */
  keepHandIn({ proof, ...receipt }: NonNullable<HandedIn["receipt"]>): void {
    const whole = { attempt_id: this.#attempt, question_id: null, ...receipt, ...proof };
    this.#here.set(keyOf(whole), whole);
    this.#journal.keepReceipts([whole]).catch(() => undefined);
  }

  /** The file to take home, with the receipts in the order of writing; null when there are none. */
  async file({ title }: Pick<Attempt, "title">): Promise<Blob | null> {
    const receipts = (await this.all()).sort(
      (one, other) => one.lease_no - other.lease_no || one.seq - other.seq,
    );
    if (receipts.length === 0) return null;
    const text = JSON.stringify({ format: FORMAT, title, receipts }, null, 1);
    return new Blob([text], { type: "application/json" });
  }

  async forget(): Promise<void> {
    this.#here.clear();
    await this.#journal.forgetReceipts().catch(() => undefined);
  }
}

const keyOf = ({ lease_no, seq }: KeptReceipt) => `${lease_no}/${seq}`;
