import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, it, vi } from "vitest";
import { server } from "@/shared/test/server";
import { attemptAccess } from "../api/attemptApi";
import { attemptFor, paperFor } from "../testing";
import { PaperBox } from "./PaperBox";

const KEY = new Uint8Array(32).fill(7);
const KEY_TEXT = btoa(String.fromCharCode(...KEY))
  .replaceAll("+", "-")
  .replaceAll("/", "_")
  .replaceAll("=", "");
const paper = paperFor({ questions: 2 });

function seal(content: object): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(24).fill(1);
  const purpose = new TextEncoder().encode("exam-system sealed 1");
  const text = new TextEncoder().encode(JSON.stringify(content));
  return new Uint8Array([...nonce, ...xchacha20poly1305(KEY, nonce, purpose).encrypt(text)]);
}

const file = (sha256: string) => ({ sha256, bytes: 1 });
const { attempt_id: _, ...form } = paper;
const sealed = seal({ ...form, media: {} });
const asked = { sealed: 0, paper: 0 };
let key = KEY_TEXT;

beforeEach(() => {
  Object.assign(asked, { sealed: 0, paper: 0 });
  key = KEY_TEXT;
  server.use(
    http.get("*/api/v1/exams/sealed/:hash", ({ params }) => {
      asked.sealed += 1;
      return params["hash"] === "aa"
        ? HttpResponse.arrayBuffer(sealed.buffer)
        : HttpResponse.error();
    }),
    http.get("*/api/v1/exams/attempts/a1/paper", () => {
      asked.paper += 1;
      return HttpResponse.json(paper);
    }),
    http.post("*/api/v1/exams/attempts/a1/start", () =>
      HttpResponse.json({
        attempt: attemptFor(),
        unseal: {
          paper: file("aa"),
          key,
          arrangement: { sections: [[{ id: "q2" }, { id: "q1" }]] },
        },
      }),
    ),
  );
});

const box = () => new PaperBox(attemptAccess("a1", "ticket"));

it("opens the paper that was fetched ahead, and fetches nothing at the start", async () => {
  const papers = box();
  await papers.fetchAhead({ paper: file("aa"), media: [file("bb")] });
  const before = asked.sealed;
  const started = await papers.start(1);
  expect(started.paper.questions.map(({ id }) => id)).toEqual(["q2", "q1"]);
  expect([asked.sealed, asked.paper]).toEqual([before, 0]);
  await papers.forget();
});

it("fetches the sealed paper at the start when nobody did before", async () => {
  const papers = box();
  const started = await papers.start(1);
  expect(started.paper.questions).toHaveLength(2);
  expect(asked).toEqual({ sealed: 1, paper: 0 });
  await papers.forget();
});

it("asks for the paper itself when the sealed one doesn't open", async () => {
  key = KEY_TEXT.replace("B", "C");
  const papers = box();
  const started = await papers.start(1);
  expect(started.paper.questions.map(({ id }) => id)).toEqual(["q1", "q2"]);
  expect(asked.paper).toBe(1);
  await papers.forget();
});

it("shows the pictures that were fetched ahead, whatever becomes of the network", async () => {
  const made = vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:picture");
  server.use(
    http.get("*/api/v1/exams/sealed/:hash", ({ params }) => {
      const content = params["hash"] === "aa" ? { ...form, media } : { a: "picture" };
      return HttpResponse.arrayBuffer(seal(content).buffer);
    }),
  );
  const media = { ["5".repeat(64)]: { sealed: "bb", key: KEY_TEXT, media_type: "image/png" } };
  const papers = box();
  await papers.start(1);
  expect(made).toHaveBeenCalledOnce();
  expect(made.mock.calls[0]?.[0]).toMatchObject({ type: "image/png" });
  vi.spyOn(URL, "revokeObjectURL").mockReturnValue();
  await papers.forget();
});
