import type { AttemptStatus, SaveReceipt } from "@/shared/api";
import type { AttemptAccess } from "../api/attemptApi";
import { getResponses } from "../api/getResponses";
import { saveResponses } from "../api/saveResponses";
import type { Transport } from "./parts";

/** The way to the server through the API; every reply's view of the attempt, and its receipts, are passed on. */
export function apiTransport(
  access: AttemptAccess,
  heard: (attempt: AttemptStatus) => void,
  keep: (lease: number, receipts: readonly SaveReceipt[]) => void,
): Transport {
  return {
    send: async (lease, entries, keepalive) => {
      const { receipts, attempt } = await saveResponses(
        access,
        lease,
        entries.map(({ seq, question, response }) => ({ seq, question_id: question, response })),
        keepalive,
      );
      keep(lease, receipts);
      heard(attempt);
      return receipts;
    },
    lastSeq: async (lease) => {
      const responses = await getResponses(access);
      return Math.max(
        0,
        ...responses.filter((one) => one.lease_no === lease).map((one) => one.seq),
      );
    },
  };
}
