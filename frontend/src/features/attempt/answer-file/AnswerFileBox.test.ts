import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { expect, it } from "vitest";
import { startI18n } from "@/shared/i18n";
import { attemptAccess } from "../api/attemptApi";
import type { SealedEntry } from "../journal/journal";
import { ReceiptBox } from "../receipts/ReceiptBox";
import { NO_PROOF, TestJournal } from "../save-queue/testing";
import { TEN } from "../testing";
import { AnswerFileBox } from "./AnswerFileBox";
import { prepareAnswerFile } from "./prepare";

const secret = new Uint8Array(32).fill(7);
const publicKey = x25519.getPublicKey(secret);
const base64Url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** Opens a file as the server does. */
function opened(file: Uint8Array) {
  const ephemeral = file.subarray(16, 48);
  const salt = new Uint8Array([...ephemeral, ...publicKey]);
  const info = new TextEncoder().encode("exam-system answer file 1");
  const key = hkdf(sha256, x25519.getSharedSecret(secret, ephemeral), salt, info, 32);
  const cipher = xchacha20poly1305(key, file.subarray(48, 72), file.subarray(0, 72));
  return JSON.parse(new TextDecoder().decode(cipher.decrypt(file.subarray(72))));
}

const response = (choice: string) => ({ type: "single_choice", choice }) as const;
const entries: SealedEntry[] = [
  { lease: 2, seq: 1, question: "q2", response: response("b") },
  { lease: 1, seq: 2, question: "q1", response: response("a"), at: TEN },
];

function boxOf(waiting: SealedEntry[] | null) {
  const receipts = new ReceiptBox("a1", new TestJournal());
  const receipt = (seq: number, minute: string) => ({
    seq,
    question_id: `q${seq}`,
    status: "taken" as const,
    received_at: `2026-11-23T09:${minute}:00.000000Z`,
    proof: NO_PROOF,
  });
  receipts.keep(1, [receipt(4, "40"), receipt(1, "10")]);
  const parts = {
    access: attemptAccess("a1", "a ticket"),
    clock: { now: () => TEN + 60_000 },
  };
  const queue = waiting && { lease: 2, sealAll: async () => waiting };
  return new AnswerFileBox(parts, receipts, () => queue);
}

it("holds what the server has no receipt for, in the order of writing, and what it had", async () => {
  await startI18n("en");
  const box = boxOf(entries);
  box.learn(base64Url(publicKey));
  expect(box.isReady).toBe(false);
  await prepareAnswerFile();
  expect(box.isReady).toBe(true);
  const made = await box.make();
  const content = opened(made?.file ?? new Uint8Array());
  expect(content).toMatchObject({
    attempt_id: "a1",
    ticket: "a ticket",
    lease_no: 2,
    made_at: "2026-11-23T10:01:00.000Z",
    last_receipt: { attempt_id: "a1", lease_no: 1, seq: 4, kind: "response" },
  });
  expect(content.entries).toEqual([
    {
      lease_no: 1,
      seq: 2,
      question_id: "q1",
      written_at: "2026-11-23T10:00:00.000Z",
      response: response("a"),
    },
    { lease_no: 2, seq: 1, question_id: "q2", response: response("b") },
  ]);
  expect(content.held.toSorted()).toEqual([
    [1, 1],
    [1, 4],
  ]);
  expect(made?.parts[0]).toMatch(/^EXSANSW1\/1\/\d\/[0-9A-F]{8}\/[A-Z2-7]+$/);
});

it("is not offered where nothing waits to be numbered or the server never said for whom", async () => {
  await prepareAnswerFile();
  expect(boxOf(entries).isReady).toBe(false);
  const box = boxOf(null);
  box.learn(base64Url(publicKey));
  expect(await box.make()).toBeNull();
});
