import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { partsOf, seal } from "./seal";

interface Example {
  recipient_public: string;
  ephemeral_secret: string;
  nonce: string;
  content: string;
  file: string;
  part_chars: number;
  parts: string[];
}
const documents = join(import.meta.dirname, "../../../../../docs/reference");
const example: Example = JSON.parse(
  readFileSync(join(documents, "answer-file-example.json"), "utf8"),
);
const bytes = (hex: string) =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hex = (all: Uint8Array) => [...all].map((one) => one.toString(16).padStart(2, "0")).join("");

// The same example that the server's code is checked against, and that the description prints.
it("seals a file byte by byte as it is described", () => {
  const file = seal(new TextEncoder().encode(example.content), bytes(example.recipient_public), {
    secret: bytes(example.ephemeral_secret),
    nonce: bytes(example.nonce),
  });
  expect(hex(file)).toBe(example.file);
  expect(partsOf(file, example.part_chars)).toEqual(example.parts);
});

it("takes chance of its own each time", () => {
  const sealed = () => hex(seal(new Uint8Array([1]), bytes(example.recipient_public)));
  expect(sealed()).not.toBe(sealed());
});
