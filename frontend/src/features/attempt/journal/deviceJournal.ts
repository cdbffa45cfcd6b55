import { clock } from "@/shared/time";
import { database, rowsOf } from "./database";
import type { Journal } from "./journal";

/** The journal of one attempt in the browser's database. */
export function deviceJournal(attempt: string): Journal {
  return {
    load: async () => {
      const db = await database();
      const transaction = db.transaction(["answers", "outbox", "places", "files"]);
      const [answers, outbox, place, files] = await Promise.all([
        transaction.objectStore("answers").getAll(rowsOf(attempt)),
        transaction.objectStore("outbox").getAll(rowsOf(attempt)),
        transaction.objectStore("places").get(attempt),
        transaction.objectStore("files").getAll(rowsOf(attempt)),
        transaction.done,
      ]);
      return { answers, outbox, place: place ?? null, files };
    },

    keep: async (answer) => {
      const db = await database();
      await db.put("answers", { ...answer, attempt });
    },

    seal: async (lease, seqMin, answers) => {
      const db = await database();
      const transaction = db.transaction(["answers", "outbox", "numbers"], "readwrite", {
        // The number must be on the device before the entry is on the wire.
        durability: "strict",
      });
      const numbers = transaction.objectStore("numbers");
      const kept = transaction.objectStore("answers");
      const outbox = transaction.objectStore("outbox");
      let seq = Math.max(seqMin - 1, (await numbers.get([attempt, lease])) ?? 0);
      const at = clock.now();
      const entries = answers.map(({ question, response }) => {
        seq += 1;
        return { question, response, lease, seq, at };
      });
      await Promise.all([
        numbers.put(seq, [attempt, lease]),
        ...entries.map((entry) => outbox.put({ ...entry, attempt })),
        ...entries.map(async (entry) => {
          const now = await kept.get([attempt, entry.question]);
          const same =
            now === undefined || JSON.stringify(now.response) === JSON.stringify(entry.response);
          const sealed = { lease: entry.lease, seq: entry.seq };
          await kept.put({
            ...(now ?? { attempt, question: entry.question, response: entry.response, lease }),
            sealed,
            dirty: !same,
          });
        }),
      ]);
      await transaction.done;
      return entries;
    },

    forget: async (keys) => {
      const db = await database();
      const transaction = db.transaction("outbox", "readwrite");
      await Promise.all([
        ...keys.map(({ lease, seq }) => transaction.store.delete([attempt, lease, seq])),
        transaction.done,
      ]);
    },

    keepPlace: async (place) => {
      const db = await database();
      await db.put("places", place, attempt);
    },

    keepFile: async (file) => {
      const db = await database();
      await db.put("files", { ...file, attempt });
    },

    forgetFile: async (id) => {
      const db = await database();
      await db.delete("files", [attempt, id]);
    },

    keepReceipts: async (receipts) => {
      const db = await database();
      const transaction = db.transaction("receipts", "readwrite");
      await Promise.all([
        ...receipts.map((receipt) => transaction.store.put(receipt)),
        transaction.done,
      ]);
    },

    receipts: async () => (await database()).getAll("receipts", rowsOf(attempt)),

    forgetReceipts: async () => (await database()).delete("receipts", rowsOf(attempt)),

    purge: async () => {
      const db = await database();
      const transaction = db.transaction(
        ["answers", "outbox", "numbers", "places", "papers", "files"],
        "readwrite",
      );
      await Promise.all([
        transaction.objectStore("answers").delete(rowsOf(attempt)),
        transaction.objectStore("outbox").delete(rowsOf(attempt)),
        transaction.objectStore("numbers").delete(rowsOf(attempt)),
        transaction.objectStore("places").delete(attempt),
        transaction.objectStore("papers").delete(attempt),
        transaction.objectStore("files").delete(rowsOf(attempt)),
        transaction.done,
      ]);
    },
  };
}
