import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { QuestionResponse } from "@/shared/api";
import {
  anyStep,
  type Fault,
  openQueue,
  settled,
  TestJournal,
  TestServer,
  TestTimer,
} from "./testing";

const text = (words: string): QuestionResponse => ({ type: "essay", text: words });

let timer: TestTimer;
let journal: TestJournal;
let server: TestServer;

const open = (sections: string[][]) => openQueue({ journal, server, timer }, 1, sections);

const onServer = () =>
  Object.fromEntries(
    server
      .current()
      .filter(({ standing }) => standing === "counts")
      .map(({ question_id, response }) => [question_id, response]),
  );

beforeEach(() => {
  timer = new TestTimer();
  journal = new TestJournal();
  server = new TestServer();
});

describe("in a section without a way back", () => {
  /** The questions of what the server has, in the order of their numbers. */
  const written = () =>
    [...server.entries].sort((one, other) => one.seq - other.seq).map(({ question }) => question);

  it("numbers an essay that waits for its quiet moment in front of the answer behind it", async () => {
    const queue = await open([["q1", "q2"]]);
    const long = "x".repeat(3_000);
    queue.change("q1", text(long));
    await timer.advance(1_100);
    queue.change("q1", text(`${long}y`));
    queue.change("q2", text("b"));
    await timer.advance(1_100);
    expect(written()).toEqual(["q1", "q1", "q2"]);
    expect(onServer()).toEqual({ q1: text(`${long}y`), q2: text("b") });
    await timer.advance(10_000);
    expect(server.entries).toHaveLength(3);
  });

  it("numbers answers in the order of the questions, however they come to be sealed", async () => {
    const queue = await open([["q1", "q2", "q3"], ["q4"]]);
    server.faults = Array<Fault>(3).fill("lost request");
    for (const question of ["q4", "q3", "q9", "q1", "q2"]) queue.change(question, text("a"));
    await queue.flushBeforeLeaving();
    await timer.advance(30_000);
    expect(written()).toEqual(["q9", "q1", "q2", "q3", "q4"]);
  });

  it("never numbers one answer twice when the page is left while it is sealed", async () => {
    const queue = await open([["q1", "q2"]]);
    queue.change("q1", text("a"));
    queue.change("q2", text("b"));
    queue.flush();
    await queue.flushBeforeLeaving();
    await timer.advance(5_000);
    expect(written()).toEqual(["q1", "q2"]);
  });

  it("says which answer went back, whose device was away while the exam went on elsewhere", async () => {
    server.oneWay = [["q1", "q2", "q3"]];
    const away = await open(server.oneWay);
    away.change("q1", text("elsewhere"));
    await settled();
    away.stop();
    server.entries.push({ lease: 2, seq: 1, question: "q2", response: text("b") });
    server.lease = 3;
    const back = await openQueue({ journal, server, timer }, 3, server.oneWay);
    await timer.advance(2_000);
    expect(back.status).toMatchObject({ waiting: 0, passedOver: ["q1"] });
    expect(onServer()).toEqual({ q2: text("b") });
    back.stop();

    // The next visit is told by the server, and sends nothing again.
    const sent = server.entries.length;
    const next = await openQueue({ journal, server, timer }, 3, server.oneWay);
    await timer.advance(2_000);
    expect(next.status).toMatchObject({ waiting: 0, passedOver: ["q1"] });
    expect(server.entries).toHaveLength(sent);
  });

  it("never goes back in what it sends, whatever is lost and wherever the page dies", async () => {
    const questions = ["q1", "q2", "q3", "q4"];
    const went = fc.record({ kind: fc.constant("on" as const) });
    const long = fc.record({
      kind: fc.constant("long" as const),
      letter: fc.constantFrom("x", "y"),
    });
    const steps = fc.array(
      fc.oneof(
        { weight: 8, arbitrary: anyStep },
        { weight: 3, arbitrary: went },
        { weight: 3, arbitrary: long },
      ),
      {
        maxLength: 40,
        size: "max",
      },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (steps) => {
        timer = new TestTimer();
        journal = new TestJournal();
        server = new TestServer();
        let queue = await open([questions]);
        let at = 0;
        for (const one of steps) {
          const question = questions[at] ?? "q4";
          if (one.kind === "answer") queue.change(question, text(one.words));
          if (one.kind === "long") queue.change(question, text(one.letter.repeat(3_000)));
          if (one.kind === "on") at = Math.min(3, at + 1);
          if (one.kind === "wait") await timer.advance(one.milliseconds);
          if (one.kind === "leave") await queue.flushBeforeLeaving();
          if (one.kind === "fault") server.faults.push(one.fault);
          if (one.kind === "crash") {
            journal.diesIn = one.afterWrites;
            await timer.advance(1_100);
            queue.stop();
            journal.diesIn = Number.POSITIVE_INFINITY;
            queue = await open([questions]);
          }
        }
        server.faults = [];
        await timer.advance(120_000);
        expect(queue.status).toMatchObject({ waiting: 0, trouble: null });
        expect(written()).toEqual([...written()].sort());
        expect(queue.status.passedOver).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});
