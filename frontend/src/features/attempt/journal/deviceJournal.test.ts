import { beforeEach, describe, expect, it } from "vitest";
import type { QuestionResponse } from "@/shared/api";
import { deviceJournal } from "./deviceJournal";
import type { KeptAnswer } from "./journal";

const text = (words: string): QuestionResponse => ({ type: "short_text", text: words });
const answer = (question: string, words: string): KeptAnswer => ({
  question,
  response: text(words),
  lease: 1,
  sealed: null,
  dirty: true,
});

let attempts = 0;
let journal: ReturnType<typeof deviceJournal>;
beforeEach(() => {
  attempts += 1;
  journal = deviceJournal(`attempt ${attempts}`);
});

describe("the device's journal", () => {
  it("finds answers, entries and the place again", async () => {
    await journal.keep(answer("q1", "a"));
    const [entry] = await journal.seal(1, 1, [answer("q1", "a")]);
    const place = { current: "q1", flagged: ["q1"], furthest: {}, entered: {} };
    await journal.keepPlace(place);
    const kept = await deviceJournal(`attempt ${attempts}`).load();
    expect(entry).toEqual({
      lease: 1,
      seq: 1,
      question: "q1",
      response: text("a"),
      at: expect.any(Number),
    });
    expect(kept.outbox).toMatchObject([{ lease: 1, seq: 1, question: "q1", response: text("a") }]);
    expect(kept.answers).toMatchObject([
      { question: "q1", sealed: { lease: 1, seq: 1 }, dirty: false },
    ]);
    expect(kept.place).toEqual(place);
  });

  it("never gives out a number twice, even to two tabs at once", async () => {
    const other = deviceJournal(`attempt ${attempts}`);
    const entries = await Promise.all([
      journal.seal(1, 1, [answer("q1", "a"), answer("q2", "b")]),
      other.seal(1, 1, [answer("q3", "c")]),
      journal.seal(1, 1, [answer("q1", "d")]),
    ]);
    expect(
      entries
        .flat()
        .map(({ seq }) => seq)
        .sort(),
    ).toEqual([1, 2, 3, 4]);
  });

  it("follows on from the number that the server knows", async () => {
    const [entry] = await journal.seal(1, 41, [answer("q1", "a")]);
    expect(entry?.seq).toBe(41);
  });

  it("leaves an answer dirty that changed while it was sealed", async () => {
    await journal.keep(answer("q1", "newer"));
    await journal.seal(1, 1, [answer("q1", "older")]);
    const { answers } = await journal.load();
    expect(answers).toMatchObject([{ response: text("newer"), dirty: true }]);
  });

  it("forgets what the server has, and purges one attempt without touching another", async () => {
    const other = deviceJournal(`attempt ${attempts} too`);
    await other.keep(answer("q1", "mine"));
    await journal.keep(answer("q1", "a"));
    await journal.seal(1, 1, [answer("q1", "a")]);
    await journal.forget([{ lease: 1, seq: 1 }]);
    expect((await journal.load()).outbox).toEqual([]);
    await journal.purge();
    expect(await journal.load()).toEqual({ answers: [], outbox: [], place: null, files: [] });
    expect((await other.load()).answers).toHaveLength(1);
  });

  it("keeps files until they are forgotten, each attempt its own", async () => {
    const pending = (id: string) => ({ id, question: "q1", file: new File([id], `${id}.txt`) });
    const ids = async (from: ReturnType<typeof deviceJournal>) =>
      (await from.load()).files.map(({ id }) => id);
    const other = deviceJournal(`another than ${attempts}`);
    await journal.keepFile(pending("f1"));
    await journal.keepFile(pending("f2"));
    await other.keepFile(pending("f1"));
    expect(await ids(journal)).toEqual(["f1", "f2"]);
    await journal.forgetFile("f1");
    expect([await ids(journal), await ids(other)]).toEqual([["f2"], ["f1"]]);
    await journal.purge();
    expect([await ids(journal), await ids(other)]).toEqual([[], ["f1"]]);
  });
});
