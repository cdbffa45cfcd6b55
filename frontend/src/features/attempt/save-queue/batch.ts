import type { SealedEntry } from "../journal/journal";
import { responseBytes } from "../response";
import { BATCH_BYTES_MAX, BATCH_ENTRIES_MAX } from "./limits";

/** Bytes that an entry takes besides its response. */
const ENTRY_BYTES = 80;

/** The next entries to send: the oldest ones, of one lease, within the limits, and at least one. */
export function nextBatch(
  outbox: readonly SealedEntry[],
  { entriesMax = BATCH_ENTRIES_MAX, bytesMax = BATCH_BYTES_MAX } = {},
): SealedEntry[] {
  const lease = outbox[0]?.lease;
  const batch: SealedEntry[] = [];
  let bytes = 0;
  for (const entry of outbox) {
    bytes += ENTRY_BYTES + responseBytes(entry.response);
    if (
      entry.lease !== lease ||
      batch.length >= entriesMax ||
      (batch.length > 0 && bytes > bytesMax)
    )
      break;
    batch.push(entry);
  }
  return batch;
}
