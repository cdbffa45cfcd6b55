import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Attempt, QuestionResponse, SaveEntry } from "@/shared/api";
import { server } from "@/shared/test/server";
import { attemptAccess } from "../api/attemptApi";
import { NO_PROOF, TestJournal, TestTimer } from "../save-queue/testing";
import { attemptFor, paperFor, TEN } from "../testing";
import { Player } from "./Player";

const paper = paperFor({ questions: 3 });
const yes: QuestionResponse = { type: "true_false", value: true };
const problem = (status: number, code: string) =>
  HttpResponse.json({ status, code, detail: "" }, { status });

/** A running attempt, as the server has it. */
let attempt: Attempt;
let saved: Map<string, { lease_no: number; entry: SaveEntry }>;
let timer: TestTimer;
let journal: TestJournal;
/** What the next saves are answered with, instead of receipts. */
let refuse: (() => Response) | null;

beforeEach(() => {
  attempt = attemptFor();
  saved = new Map();
  timer = new TestTimer();
  journal = new TestJournal();
  refuse = null;
  const at = (path: string) => `*/api/v1/exams/attempts/a1${path}`;
  server.use(
    http.get(at(""), () => HttpResponse.json(attempt)),
    http.post(at("/open"), () => HttpResponse.json({ lease_no: attempt.lease_no, attempt })),
    http.get(at("/paper"), () => HttpResponse.json(paper)),
    http.get(at("/responses"), () => {
      const held = [...saved.values()].map(({ lease_no, entry }) => ({ lease_no, ...entry }));
      const responses = held.map((one) => ({ ...one, standing: "counts", missing_files: [] }));
      return HttpResponse.json({ responses });
    }),
    http.put(at("/responses"), async ({ request }) => {
      if (refuse) return refuse();
      const { lease_no, entries } = (await request.json()) as {
        lease_no: number;
        entries: SaveEntry[];
      };
      for (const entry of entries) saved.set(entry.question_id, { lease_no, entry });
      const taken = { status: "taken", received_at: attempt.server_time, proof: NO_PROOF };
      const receipts = entries.map(({ seq, question_id }) => ({ seq, question_id, ...taken }));
      return HttpResponse.json({ attempt, receipts });
    }),
  );
});

const player = () =>
  new Player(attempt, {
    access: attemptAccess("a1", "ticket"),
    journal,
    timer,
    clock: { now: () => TEN },
    tab: { claim: async () => true },
  });

async function started(): Promise<Player> {
  const one = player();
  await one.prepare();
  expect(one.state.name).toBe("writing");
  return one;
}

/** Lets time pass and requests be answered, until something holds. */
async function until(holds: () => void): Promise<void> {
  await vi.waitFor(
    async () => {
      await timer.advance(1_100);
      holds();
    },
    { timeout: 20_000, interval: 5 },
  );
}

describe("an attempt that runs on another device", () => {
  const since = "2026-11-23T10:01:00.000000Z";
  const facts = { since, last_heard_at: since, needs_consent: true };
  const refused = (code: string) =>
    HttpResponse.json({ status: 409, code, detail: "", facts }, { status: 409 });

  /** The other device has it, and the server asks before it gives it away. */
  function openElsewhere(allows: () => boolean): boolean[] {
    const asked: boolean[] = [];
    server.use(
      http.post("*/api/v1/exams/attempts/a1/open", async ({ request }) => {
        const { take_over } = (await request.json()) as { take_over: boolean };
        asked.push(take_over);
        if (!take_over) return refused("exam.open_elsewhere");
        if (!allows()) return refused("exam.move_needs_consent");
        attempt = { ...attempt, lease_no: attempt.lease_no + 1, version: attempt.version + 1 };
        return HttpResponse.json({ lease_no: attempt.lease_no, attempt });
      }),
    );
    return asked;
  }

  it("isn't taken away from it, and comes here by itself once an invigilator has agreed", async () => {
    attempt = attemptFor({ takeover: "invigilator" });
    let allowed = false;
    const asked = openElsewhere(() => allowed);
    const one = player();
    await one.prepare();
    expect(one.state).toMatchObject({
      name: "taken_over",
      elsewhere: { since, lastHeardAt: since, needsConsent: true, asked: false },
    });
    await one.takeBack();
    expect(one.state.elsewhere?.asked).toBe(true);
    await one.ask();
    expect(asked).toEqual([false, true]);
    allowed = true;
    attempt = { ...attempt, may_move: true, version: attempt.version + 1 };
    await one.ask();
    await until(() => expect(one.state.name).toBe("writing"));
    expect(asked).toEqual([false, true, true]);
  });

  it("leaves what was written here in sight, and joins with it what nobody has answered since", async () => {
    const one = await started();
    one.answer("q1", yes);
    await until(() => expect(one.state.name).toBe("writing"));
    openElsewhere(() => true);
    attempt = { ...attempt, lease_no: 2, version: attempt.version + 1 };
    refuse = () => problem(409, "exam.lease_stale");
    const no: QuestionResponse = { type: "true_false", value: false };
    one.answer("q2", no);
    one.answer("q3", no);
    await until(() => expect(one.state.notCounted).toHaveLength(2));
    expect(one.state.name).toBe("taken_over");
    expect(one.state.notCounted).toMatchObject([
      { question: "q2", number: 2, words: "✗" },
      { question: "q3", number: 3, words: "✗" },
    ]);

    saved.set("q2", { lease_no: 2, entry: { seq: 1, question_id: "q2", response: yes } });
    refuse = null;
    await one.takeBack();
    await until(() => expect(one.state.name).toBe("writing"));
    expect(saved.get("q3")).toMatchObject({ lease_no: 3, entry: { response: no } });
    expect(one.state.answers["q2"]).toEqual(yes);
    expect(one.state.notCounted).toMatchObject([{ question: "q2", response: no }]);
  });
});

describe("a pause", () => {
  it("that finds the page loaded anew shows no paper: it comes when the exam goes on", async () => {
    const first = await started();
    first.answer("q1", yes);
    await until(() => expect(first.state.name).toBe("writing"));
    first.dispose();
    attempt = { ...attempt, state: "paused", version: attempt.version + 1 };
    let asked = 0;
    server.use(
      http.get("*/api/v1/exams/attempts/a1/paper", () => {
        asked += 1;
        return attempt.state === "paused" ? problem(409, "exam.paused") : HttpResponse.json(paper);
      }),
    );
    const second = player();
    await second.prepare();
    await second.ask();
    expect(second.state).toMatchObject({ name: "paused", paper: null });
    expect(asked).toBe(0);
    attempt = { ...attempt, state: "in_progress", version: attempt.version + 1 };
    await second.ask();
    await until(() => expect(second.state.name).toBe("writing"));
    expect(second.state.answers).toEqual({ q1: yes });
  });
});
