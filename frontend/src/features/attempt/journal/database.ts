import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Admission } from "@/shared/api";
import type { KeptPaper } from "./device";
import type { KeptAnswer, KeptPlace, KeptReceipt, PendingFile, SealedEntry } from "./journal";

type Of<T> = T & { attempt: string };

/** Everything that the player keeps on the device. */
export interface ExamDatabase extends DBSchema {
  /** Exam tickets, by attempt. */
  tickets: { key: string; value: Admission };
  /** This browser's id, by which the server knows its lease; and what answer files are sealed for. */
  device: { key: "id" | "answer file key"; value: string };
  answers: { key: [attempt: string, question: string]; value: Of<KeptAnswer> };
  outbox: { key: [attempt: string, lease: number, seq: number]; value: Of<SealedEntry> };
  /** The last number given out, per attempt and lease. */
  numbers: { key: [attempt: string, lease: number]; value: number };
  /** The lease that this device had last, by attempt. */
  leases: { key: string; value: number };
  places: { key: string; value: KeptPlace };
  /** The paper, so that an attempt resumes while the server is away. */
  papers: { key: string; value: KeptPaper };
  files: { key: [attempt: string, id: string]; value: Of<PendingFile> };
  receipts: { key: [attempt: string, lease: number, seq: number]; value: KeptReceipt };
  /** Sealed papers and pictures, by the hash of their bytes. */
  sealed: { key: string; value: Uint8Array };
}

const NAME = "exam-system";
const VERSION = 3;

let opening: Promise<IDBPDatabase<ExamDatabase>> | null = null;

/** The device's database; opened once, and again after it failed or was closed. */
export function database(): Promise<IDBPDatabase<ExamDatabase>> {
  opening ??= openDB<ExamDatabase>(NAME, VERSION, {
    upgrade: (db, before) => {
      if (before < 1) {
        db.createObjectStore("tickets");
        db.createObjectStore("device");
        db.createObjectStore("answers", { keyPath: ["attempt", "question"] });
        db.createObjectStore("outbox", { keyPath: ["attempt", "lease", "seq"] });
        db.createObjectStore("numbers");
        db.createObjectStore("leases");
        db.createObjectStore("places");
        db.createObjectStore("papers");
      }
      if (before < 2) {
        db.createObjectStore("files", { keyPath: ["attempt", "id"] });
        db.createObjectStore("receipts", { keyPath: ["attempt_id", "lease_no", "seq"] });
      }
      if (before < 3) db.createObjectStore("sealed");
    },
    blocking: (_current, _blocked, event) => {
      // A newer page wants to change the shape: make way, and open again when next needed.
      if (event.target instanceof IDBDatabase) event.target.close();
      opening = null;
    },
    terminated: () => {
      opening = null;
    },
  }).catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** All rows of one attempt in a store whose key begins with it. */
export function rowsOf(attempt: string): IDBKeyRange {
  // An array sorts behind every number and string, so this bounds all keys that begin with the attempt.
  return IDBKeyRange.bound([attempt], [attempt, []]);
}
