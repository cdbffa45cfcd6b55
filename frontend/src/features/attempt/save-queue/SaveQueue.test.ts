import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { ApiError, type QuestionResponse } from "@/shared/api";
import { reconcile } from "./reconcile";
import type { SaveStatus } from "./status";
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
let statuses: SaveStatus[];
let lost: number;

/** A page that opens the attempt. */
const open = (lease = server.lease) =>
  openQueue({ journal, server, timer }, lease, [], {
    statusChanged: (status) => statuses.push(status),
    leaseLost: () => {
      lost += 1;
    },
  });

const onServer = () =>
  Object.fromEntries(server.current().map(({ question_id, response }) => [question_id, response]));

beforeEach(() => {
  timer = new TestTimer();
  journal = new TestJournal();
  server = new TestServer();
  statuses = [];
  lost = 0;
});

describe("saving", () => {
  it("failure 3: an answer is sent a second after the last change, once", async () => {
    const queue = await open();
    queue.change("q1", text("a"));
    await timer.advance(600);
    queue.change("q1", text("ab"));
    await timer.advance(900);
    expect(server.requests).toBe(0);
    expect(queue.status.waiting).toBe(1);
    await timer.advance(200);
    expect(onServer()).toEqual({ q1: text("ab") });
    expect(server.requests).toBe(1);
    expect(queue.status.waiting).toBe(0);
  });

  it("doesn't let steady typing put off saving for more than five seconds", async () => {
    const queue = await open();
    for (let letters = 1; letters <= 12; letters += 1) {
      queue.change("q1", text("x".repeat(letters)));
      await timer.advance(500);
    }
    expect(server.requests).toBeGreaterThanOrEqual(1);
  });

  it("sends a long text every five seconds and when its field is left", async () => {
    const queue = await open();
    const long = "x".repeat(3_000);
    queue.change("q1", text(long));
    await timer.advance(1_100);
    expect(server.requests).toBe(1);
    queue.change("q1", text(`${long}y`));
    await timer.advance(2_000);
    expect(server.requests).toBe(1);
    queue.settle("q1");
    await settled();
    expect(server.requests).toBe(2);
    expect(queue.status.waiting).toBe(0);
  });

  it("has an answer on the device before it goes on the wire", async () => {
    const queue = await open();
    const seen: unknown[] = [];
    server.refuse = (entries) => {
      seen.push(entries.map((entry) => journal.outbox.some((kept) => kept.seq === entry.seq)));
      return null;
    };
    queue.change("q1", text("a"));
    expect(journal.answers.size).toBe(0);
    await settled();
    expect(journal.answers.get("q1")?.response).toEqual(text("a"));
    await timer.advance(2_000);
    expect(seen).toEqual([[true]]);
  });

  it("puts many answers into one request", async () => {
    const queue = await open();
    for (let n = 0; n < 30; n += 1) queue.change(`q${n}`, text("a"));
    await timer.advance(1_500);
    expect(server.requests).toBe(1);
    expect(Object.keys(onServer())).toHaveLength(30);
  });

  it("takes an answer that was cleared as an answer", async () => {
    const queue = await open();
    queue.change("q1", text("a"));
    await timer.advance(1_500);
    queue.change("q1", text(""));
    await timer.advance(1_500);
    expect(onServer()).toEqual({ q1: text("") });
  });
});

describe("when the network is away", () => {
  it("says so, keeps what waits on the device, and sends it when the network is back", async () => {
    const queue = await open();
    server.faults = Array<Fault>(4).fill("lost request");
    queue.change("q1", text("a"));
    queue.change("q2", text("b"));
    await timer.advance(3_000);
    expect(queue.status).toMatchObject({ waiting: 2, trouble: "offline", onDevice: true });
    server.faults = [];
    queue.backOnline();
    await timer.advance(2_000);
    expect(queue.status).toMatchObject({ waiting: 0, trouble: null });
    expect(onServer()).toEqual({ q1: text("a"), q2: text("b") });
  });

  it("waits longer after each failure, but never more than half a minute", async () => {
    const queue = await open();
    server.faults = Array<Fault>(1_000).fill("lost request");
    queue.change("q1", text("a"));
    await timer.advance(600_000);
    expect(server.requests).toBeGreaterThan(600 / 30 - 2);
    expect(server.requests).toBeLessThan(45);
  });

  it("sends the same entry again when only the reply was lost, and the server has it once", async () => {
    const queue = await open();
    server.faults = ["lost reply"];
    queue.change("q1", text("a"));
    await timer.advance(5_000);
    expect(server.requests).toBe(2);
    expect(server.entries).toHaveLength(1);
    expect(queue.status.waiting).toBe(0);
  });

  it("sends one last request when the page may go, even while another is under way", async () => {
    const queue = await open();
    queue.change("q1", text("a"));
    await queue.flushBeforeLeaving();
    expect(onServer()).toEqual({ q1: text("a") });
  });
});

describe("when the server can't save", () => {
  it("says that it is busy, and waits as long as the server asks", async () => {
    const queue = await open();
    server.faults = ["busy"];
    queue.change("q1", text("a"));
    await timer.advance(1_100);
    expect(queue.status).toMatchObject({ waiting: 1, trouble: "busy", onDevice: true });
    await timer.advance(1_500);
    expect(server.requests).toBe(1);
    await timer.advance(2_000);
    expect(queue.status).toMatchObject({ waiting: 0, trouble: null });
  });

  it("lets the other answers through when one is refused, and says which one", async () => {
    const queue = await open();
    server.refuse = (entries) =>
      entries.some((entry) => entry.question === "q2")
        ? new ApiError({ status: 413, code: "exam.response_too_large", detail: "" })
        : null;
    for (const question of ["q1", "q2", "q3"]) queue.change(question, text("a"));
    await timer.advance(5_000);
    expect(Object.keys(onServer())).toEqual(["q1", "q3"]);
    expect(queue.status).toMatchObject({ waiting: 0, rejected: ["q2"] });
    server.refuse = null;
    queue.change("q2", text("shorter"));
    await timer.advance(5_000);
    expect(queue.status).toMatchObject({ waiting: 0, rejected: [] });
  });

  it("keeps the answers and says so when the ticket isn't accepted any more", async () => {
    const queue = await open();
    server.refuse = () => new ApiError({ status: 401, code: "auth.ticket_expired", detail: "" });
    queue.change("q1", text("a"));
    await timer.advance(5_000);
    expect(queue.status).toMatchObject({ waiting: 1, trouble: "refused", onDevice: true });
    expect(journal.answers.get("q1")?.response).toEqual(text("a"));
  });
});

describe("when the device can't keep anything", () => {
  it("saves to the server all the same, and is honest while something waits", async () => {
    const queue = await open();
    journal.full = true;
    server.faults = ["lost request"];
    queue.change("q1", text("a"));
    await timer.advance(1_200);
    expect(queue.status).toMatchObject({ waiting: 1, onDevice: false });
    await timer.advance(5_000);
    expect(onServer()).toEqual({ q1: text("a") });
    expect(queue.status).toMatchObject({ waiting: 0, onDevice: true });
  });

  it("gives out new numbers when its own are behind the server's", async () => {
    const queue = await open();
    server.entries.push({ lease: 1, seq: 1, question: "q9", response: text("from before") });
    const forget = journal.forget.bind(journal);
    const known: unknown[] = [];
    journal.forget = async (keys) => {
      known.push(journal.answers.get("q1")?.dirty);
      await forget(keys);
    };
    queue.change("q1", text("a"));
    await timer.advance(10_000);
    // A page that crashes in between finds on the device that the answer is still to be sent.
    expect(known[0]).toBe(true);
    expect(onServer()).toEqual({ q1: text("a"), q9: text("from before") });
    expect(queue.status.waiting).toBe(0);
  });
});

describe("when the time is over", () => {
  it("sends later entries and reports them as late", async () => {
    const queue = await open();
    server.closed = true;
    queue.change("q1", text("a"));
    await timer.advance(2_000);
    expect(queue.status).toMatchObject({ waiting: 0, late: ["q1"] });
  });
});

describe("while the clock stands", () => {
  it("keeps what is written on the device, and sends it when the exam goes on", async () => {
    const queue = await open();
    queue.hold(true);
    queue.change("q1", text("a"));
    await timer.advance(60_000);
    expect(server.requests).toBe(0);
    expect(queue.status).toMatchObject({ waiting: 1, onDevice: true });
    queue.hold(false);
    await timer.advance(5_000);
    expect(queue.status.waiting).toBe(0);
    expect(server.entries).toMatchObject([{ question: "q1", response: text("a") }]);
  });

  it("sends once more what the server took in before this page knew", async () => {
    const queue = await open();
    const send = server.send.bind(server);
    // The reply that says that it came during the pause is the first to tell of the pause.
    server.send = async (lease, entries) => {
      const receipts = await send(lease, entries);
      queue.hold(server.closed);
      return receipts;
    };
    server.closed = true;
    queue.change("q1", text("a"));
    await timer.advance(2_000);
    expect(queue.status).toMatchObject({ waiting: 0, late: ["q1"] });
    server.closed = false;
    queue.hold(false);
    await timer.advance(5_000);
    expect(queue.status).toMatchObject({ waiting: 0, late: [] });
    expect(server.entries).toHaveLength(2);
  });
});

describe("when another device takes over", () => {
  it("is told so, and what waits is kept as superseded all the same", async () => {
    const queue = await open();
    server.lease = 2;
    queue.change("q1", text("a"));
    await timer.advance(2_000);
    expect(lost).toBe(1);
    expect(server.superseded).toHaveLength(1);
    queue.change("q1", text("b"));
    await timer.advance(60_000);
    expect(server.superseded).toHaveLength(2);
    expect(queue.status.waiting).toBe(0);
  });

  it("lets the other device's later answer stand when this one comes back", async () => {
    const queue = await open();
    server.faults = Array<Fault>(100).fill("lost request");
    queue.change("q1", text("mine"));
    queue.change("q2", text("only mine"));
    await timer.advance(2_000);
    queue.stop();
    server.faults = [];
    server.entries.push({ lease: 2, seq: 1, question: "q1", response: text("theirs") });
    server.lease = 3;
    const back = await open();
    await timer.advance(5_000);
    expect(onServer()).toEqual({ q1: text("theirs"), q2: text("only mine") });
    expect(back.status.waiting).toBe(0);
  });
});

describe("whatever is lost, doubled or delayed, and wherever the page dies", () => {
  it("every answer that reached the device ends up at the server, and none is called safe before", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
        timer = new TestTimer();
        journal = new TestJournal();
        server = new TestServer();
        statuses = [];
        let queue = await open();
        /** What the page shows: what was typed, and after a crash what was found again. */
        let shown = new Map<string, QuestionResponse>();
        for (const one of steps) {
          if (one.kind === "answer") {
            shown.set(one.question, text(one.words));
            queue.change(one.question, text(one.words));
          }
          if (one.kind === "wait") await timer.advance(one.milliseconds);
          if (one.kind === "leave") await queue.flushBeforeLeaving();
          if (one.kind === "fault") server.faults.push(one.fault);
          if (one.kind === "crash") {
            journal.diesIn = one.afterWrites;
            await timer.advance(1_100);
            queue.stop();
            journal.diesIn = Number.POSITIVE_INFINITY;
            const kept = await journal.load();
            queue = await open();
            const found = reconcile(1, kept, server.current()).answers;
            for (const { question, response } of kept.answers)
              expect(found.find((answer) => answer.question === question)?.response).toEqual(
                response,
              );
            shown = new Map(found.map(({ question, response }) => [question, response]));
          }
          if (queue.status.waiting === 0) expect(onServer()).toEqual(Object.fromEntries(shown));
        }
        server.faults = [];
        await timer.advance(120_000);
        expect(queue.status).toMatchObject({ waiting: 0, trouble: null });
        expect(onServer()).toEqual(Object.fromEntries(shown));
        expect(journal.outbox).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it("replaying any part of what was sent, doubled and in any order, changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom("q1", "q2"), fc.string({ maxLength: 3 })), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.array(fc.nat(11), { maxLength: 24 }),
        async (changes, replay) => {
          timer = new TestTimer();
          journal = new TestJournal();
          server = new TestServer();
          const queue = await open();
          for (const [question, words] of changes) {
            queue.change(question, text(words));
            await timer.advance(1_100);
          }
          const before = onServer();
          const sent = [...server.entries];
          for (const at of replay) {
            const entry = sent[at % sent.length];
            if (entry) await server.send(1, [entry]);
          }
          expect(onServer()).toEqual(before);
        },
      ),
      { numRuns: 100 },
    );
  });
});
