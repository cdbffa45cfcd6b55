import { expect, it } from "vitest";
import type { SaveReceipt } from "@/shared/api";
import { NO_PROOF, settled, TestJournal } from "../save-queue/testing";
import { ReceiptBox } from "./ReceiptBox";

const receipt = (seq: number): SaveReceipt => ({
  seq,
  question_id: `q${seq}`,
  status: "taken",
  received_at: "2026-01-01T00:00:00.000000Z",
  proof: { ...NO_PROOF, leaf_index: seq },
});
const read = async (box: ReceiptBox) => {
  const file = await box.file({ title: "Physics" });
  return file && JSON.parse(await file.text());
};

it("holds the receipts of every visit, each once, in the order of writing", async () => {
  const journal = new TestJournal();
  const first = new ReceiptBox("a1", journal);
  first.keep(2, [receipt(1)]);
  first.keep(1, [receipt(2), receipt(1)]);
  await settled();
  const second = new ReceiptBox("a1", journal);
  second.keep(1, [receipt(2)]);
  const file = await read(second);
  expect(file).toMatchObject({ format: "exam-system receipts 1", title: "Physics" });
  expect(file.receipts).toMatchObject([
    { attempt_id: "a1", lease_no: 1, seq: 1, kind: "response", status: "taken", leaf_index: 1 },
    { lease_no: 1, seq: 2, question_id: "q2" },
    { lease_no: 2, seq: 1 },
  ]);
  expect(file.receipts[0].proof).toBeUndefined();
});

it("does without the device, and keeps nothing once it is forgotten", async () => {
  const journal = new TestJournal();
  journal.full = true;
  const box = new ReceiptBox("a1", journal);
  expect(await read(box)).toBeNull();
  box.keep(1, [receipt(1)]);
  expect((await read(box)).receipts).toHaveLength(1);
  await box.forget();
  expect(await read(box)).toBeNull();
});
