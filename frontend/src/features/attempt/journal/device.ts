import type { Admission, Attempt, CandidatePaper } from "@/shared/api";
import { randomUuid } from "@/shared/lib/uuid";
import { clock } from "@/shared/time";
import { database } from "./database";

// What can't be kept lasts as long as the page.
const memory = { device: randomUuid(), tickets: new Map<string, Admission>() };

/** This browser's id; made at first use. */
export async function deviceId(): Promise<string> {
  try {
    const db = await database();
    const transaction = db.transaction("device", "readwrite");
    const known = await transaction.store.get("id");
    if (known === undefined) await transaction.store.put(memory.device, "id");
    await transaction.done;
    return known ?? memory.device;
  } catch {
    return memory.device;
  }
}

export async function keepTicket(admission: Admission): Promise<void> {
  memory.tickets.set(admission.attempt_id, admission);
  try {
    const db = await database();
    await db.put("tickets", admission, admission.attempt_id);
  } catch {
    // the ticket stays in memory: good until the page is closed
  }
}

export async function keptTicket(attempt: string): Promise<Admission | null> {
  let ticket = memory.tickets.get(attempt) ?? null;
  try {
    ticket ??= (await (await database()).get("tickets", attempt)) ?? null;
  } catch {
    // nothing was kept
  }
  if (ticket === null || Date.parse(ticket.expires_at) > clock.now()) return ticket;
  await forgetTicket(attempt);
  return null;
}

export async function forgetTicket(attempt: string): Promise<void> {
  memory.tickets.delete(attempt);
  try {
    const db = await database();
    await db.delete("tickets", attempt);
  } catch {
    // nothing was kept
  }
}

/** Remembers which lease is this device's, so that it knows its own attempt again. */
export async function keepLease(attempt: string, lease: number): Promise<void> {
  try {
    const db = await database();
    await db.put("leases", lease, attempt);
  } catch {
    // at the next visit the candidate is asked whether to go on here
  }
}

export async function keptLease(attempt: string): Promise<number | null> {
  try {
    const db = await database();
    return (await db.get("leases", attempt)) ?? null;
  } catch {
    return null;
  }
}

/** Keeps what answer files are sealed for. */
export async function keepAnswerFileKey(key: string): Promise<void> {
  try {
    const db = await database();
    await db.put("device", key, "answer file key");
  } catch {
    // the page knows it until it is closed
  }
}

export async function keptAnswerFileKey(): Promise<string | null> {
  try {
    const db = await database();
    return (await db.get("device", "answer file key")) ?? null;
  } catch {
    return null;
  }
}

export interface KeptPaper {
  attempt: Attempt;
  paper: CandidatePaper;
  lease: number;
}

/** Keeps a sealed file for the start. Failing to is no harm: it is fetched again. */
export async function keepSealed(sha256: string, bytes: Uint8Array): Promise<void> {
  try {
    const db = await database();
    await db.put("sealed", bytes, sha256);
  } catch {
    // the browser's cache may have it still
  }
}

export async function keptSealed(sha256: string): Promise<Uint8Array | null> {
  try {
    const db = await database();
    return (await db.get("sealed", sha256)) ?? null;
  } catch {
    return null;
  }
}

/** Lets go of sealed files. */
export async function forgetSealed(hashes: readonly string[]): Promise<void> {
  try {
    const db = await database();
    await Promise.all(hashes.map((sha256) => db.delete("sealed", sha256)));
  } catch {
    // nothing was kept
  }
}

/** Keeps the paper for a resume without the server. Only a convenience: failing to is no harm. */
export async function keepPaper(kept: KeptPaper): Promise<void> {
  try {
    const db = await database();
    await db.put("papers", kept, kept.attempt.id);
  } catch {
    // the paper is fetched again at the next resume
  }
}

export async function keptPaper(attempt: string): Promise<KeptPaper | null> {
  try {
    const db = await database();
    return (await db.get("papers", attempt)) ?? null;
  } catch {
    return null;
  }
}

/** Whether this browser can keep anything, and roughly how much is free; null when it doesn't say. */
export async function storageCheck(): Promise<{ works: boolean; freeBytes: number | null }> {
  try {
    const db = await database();
    await db.put(
      "places",
      { current: null, flagged: [], furthest: {}, entered: {} },
      "device check",
    );
    await db.delete("places", "device check");
  } catch {
    return { works: false, freeBytes: null };
  }
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return { works: true, freeBytes: quota === undefined ? null : quota - (usage ?? 0) };
  } catch {
    return { works: true, freeBytes: null };
  }
}
