import type { CandidatePaper } from "@/shared/api";
import type { AttemptAccess } from "../api/attemptApi";
import { getResponses } from "../api/getResponses";
import { keptPaper } from "../journal/device";
import type { Kept, KeptAnswer } from "../journal/journal";
import type { ReceiptBox } from "../receipts/ReceiptBox";
import { type NotCounted, notCounted } from "./notCounted";

/** Looks for what was written on this device and doesn't count, with the server's help if it is there. */
export async function findNotCounted(
  access: AttemptAccess,
  kept: Kept,
  /** What the device could not keep: this page alone knows it. */
  here: readonly KeptAnswer[],
  box: ReceiptBox,
  paper: CandidatePaper | null,
): Promise<NotCounted[]> {
  const [receipts, server, known] = await Promise.all([
    box.all(),
    getResponses(access).catch(() => null),
    paper ?? keptPaper(access.attemptId).then((one) => one?.paper ?? null),
  ]);
  const all = { outbox: kept.outbox, answers: [...kept.answers, ...here] };
  return notCounted(all, receipts, server, known);
}
