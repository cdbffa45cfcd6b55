import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Attempt, QuestionResponse, SaveEntry } from "@/shared/api";
import { server } from "@/shared/test/server";
import { attemptAccess } from "../api/attemptApi";
import { NO_PROOF, TestJournal, TestTimer } from "../save-queue/testing";
import { attemptFor, MINUTE, NOTHING_SEALED, paperFor, TEN } from "../testing";
import { Player } from "./Player";

const paper = paperFor({ questions: 3 });
const yes: QuestionResponse = { type: "true_false", value: true };
const problem = (status: number, code: string) =>
  HttpResponse.json({ status, code, detail: "" }, { status });

let attempt: Attempt;
let saved: Map<string, { lease_no: number; entry: SaveEntry }>;
let timer: TestTimer;
let journal: TestJournal;
let now: number;
/** What the next saves are answered with, instead of receipts. */
let refuse: (() => Response) | null;

beforeEach(() => {
  attempt = attemptFor({ state: "ready", started_at: null, deadline: null, lease_no: 0 });
  saved = new Map();
  missing = [];
  timer = new TestTimer();
  journal = new TestJournal();
  now = TEN;
  refuse = null;
  const at = (path: string) => `*/api/v1/exams/attempts/a1${path}`;
  const change = (facts: Partial<Attempt>) => {
    attempt = { ...attempt, ...facts, version: attempt.version + 1 };
    return attempt;
  };
  server.use(
    http.get(at(""), () => HttpResponse.json(attempt)),
    http.post(at("/open"), () => {
      if (attempt.lease_no === 0) change({ lease_no: 1 });
      return HttpResponse.json({ lease_no: attempt.lease_no, attempt, sealed: null });
    }),
    http.post(at("/start"), () => {
      change({
        state: "in_progress",
        started_at: attemptFor().started_at,
        deadline: attemptFor().deadline,
      });
      return HttpResponse.json({ attempt, unseal: NOTHING_SEALED });
    }),
    http.get(at("/paper"), () => HttpResponse.json(paper)),
    http.get(at("/responses"), () =>
      HttpResponse.json({
        responses: [...saved.values()].map(({ lease_no, entry }) => ({
          lease_no,
          standing: "counts",
          missing_files: missing,
          ...entry,
        })),
      }),
    ),
    http.put(at("/responses"), async ({ request }) => {
      expect(request.headers.get("Exam-Ticket")).toBe("ticket");
      expect(request.headers.get("Authorization")).toBeNull();
      if (refuse) return refuse();
      const { lease_no, entries } = (await request.json()) as {
        lease_no: number;
        entries: SaveEntry[];
      };
      for (const entry of entries) saved.set(entry.question_id, { lease_no, entry });
      const status = attempt.closed ? "late" : "taken";
      return HttpResponse.json({
        attempt,
        receipts: entries.map(({ seq, question_id }) => ({
          seq,
          question_id,
          status,
          received_at: attempt.server_time,
          proof: NO_PROOF,
        })),
      });
    }),
    http.post(at("/submit"), () =>
      HttpResponse.json({
        attempt: change({ state: "submitted", submitted_at: attempt.server_time }),
      }),
    ),
  );
});

function player(): Player {
  return new Player(attempt, {
    access: attemptAccess("a1", "ticket"),
    journal,
    timer,
    clock: { now: () => now },
    tab: { claim: async () => true },
  });
}

async function started(): Promise<Player> {
  const one = player();
  await one.prepare();
  await one.start();
  return one;
}

/** The files that the server says haven't come. */
let missing: string[] = [];

/** What becomes of files that are sent, by the id that this device gave them. */
function uploads(answer: (id: string) => Promise<Response>): void {
  server.use(
    http.put("*/api/v1/exams/attempts/a1/files/:id", ({ params }) => answer(String(params["id"]))),
  );
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

describe("a candidate's way through an exam", () => {
  it("leads from the lobby through answers, each of them saved, to a confirmed hand-in", async () => {
    const one = player();
    await one.prepare();
    expect(one.state.name).toBe("lobby");
    await one.start();
    expect(one.state.name).toBe("writing");
    one.answer("q1", yes);
    expect(one.state.name).toBe("saving");
    await until(() => expect(one.state.name).toBe("writing"));
    expect(saved.get("q1")?.entry.response).toEqual(yes);
    one.handIn();
    await until(() => expect(one.state.name).toBe("submitted"));
    await until(() => expect(journal.answers.size).toBe(0));
  });

  it("hands in only after the last answer has arrived", async () => {
    const one = await started();
    refuse = () => problem(503, "exam.save_unavailable");
    one.answer("q1", yes);
    one.handIn();
    await timer.advance(3_000);
    expect(attempt.state).toBe("in_progress");
    refuse = null;
    await until(() => expect(one.state.name).toBe("submitted"));
    expect(saved.get("q1")?.entry.response).toEqual(yes);
  });
});

describe("a crash", () => {
  it("loses nothing: the next visit shows the same answers and sends what wasn't confirmed", async () => {
    const first = await started();
    refuse = () => HttpResponse.error();
    first.answer("q1", yes);
    first.toggleFlag("q1");
    first.goTo("q2");
    await until(() => expect(first.state.name).toBe("offline"));
    first.dispose();
    refuse = null;
    const second = player();
    // The device knows its lease by its database, which this test has no page for.
    await second.takeBack();
    expect(second.state).toMatchObject({
      answers: { q1: yes },
      place: { current: "q2", flagged: ["q1"] },
    });
    await until(() => expect(second.state.name).toBe("writing"));
    expect(saved.get("q1")?.entry.response).toEqual(yes);
  });

  it("while the server is away, the exam goes on from what the device kept", async () => {
    const first = await started();
    first.answer("q1", yes);
    await until(() => expect(first.state.name).toBe("writing"));
    first.dispose();
    refuse = () => HttpResponse.error();
    const second = player();
    await second.resumeWithoutServer({ attempt, paper, lease: 1 });
    expect(second.state).toMatchObject({ name: "offline", answers: { q1: yes } });
    second.answer("q2", yes);
    await timer.advance(2_000);
    refuse = null;
    second.networkBack();
    await until(() => expect(second.state.name).toBe("writing"));
    expect([...saved.keys()].sort()).toEqual(["q1", "q2"]);
  });
});

describe("the end of time", () => {
  it("without the server: later answers are kept, sent later and reported as late", async () => {
    const one = await started();
    refuse = () => HttpResponse.error();
    now = TEN + 61 * MINUTE;
    one.answer("q1", yes);
    await until(() => expect(one.state.name).toBe("offline"));
    refuse = null;
    attempt = { ...attempt, closed: true, version: attempt.version + 1 };
    one.networkBack();
    await until(() => expect(one.state.name).toBe("closed"));
    await until(() => expect(one.state.saves).toMatchObject({ waiting: 0, late: ["q1"] }));
  });

  it("found at the next visit: what the device still holds is sent, and marked late", async () => {
    journal.answers.set("q1", {
      question: "q1",
      response: yes,
      lease: 1,
      sealed: null,
      dirty: true,
    });
    attempt = attemptFor({ closed: true });
    const one = player();
    await one.prepare();
    await until(() => expect(one.state.saves).toMatchObject({ waiting: 0, late: ["q1"] }));
    await until(() => expect(journal.answers.size).toBe(0));
  });
});

describe("another device", () => {
  it("isn't interrupted by merely opening the page here", async () => {
    attempt = attemptFor({ lease_no: 7 });
    server.use(
      http.post("*/api/v1/exams/attempts/a1/open", () => problem(409, "exam.open_elsewhere"), {
        once: true,
      }),
    );
    const one = player();
    await one.prepare();
    expect(one.state.name).toBe("taken_over");
    await one.takeBack();
    expect(one.state.name).toBe("writing");
  });

  it("stops this one, which can take the attempt back without losing its answers", async () => {
    const one = await started();
    attempt = { ...attempt, lease_no: 2, version: attempt.version + 1 };
    refuse = () => problem(409, "exam.lease_stale");
    one.answer("q1", yes);
    await until(() => expect(one.state.name).toBe("taken_over"));
    refuse = null;
    await one.takeBack();
    await until(() => expect(one.state.name).toBe("writing"));
    expect(saved.get("q1")).toMatchObject({ lease_no: 2, entry: { response: yes } });
  });
});

describe("a section without a way back", () => {
  const shut = paperFor({ questions: 3, navigation: "forward_only" });
  beforeEach(() => {
    server.use(http.get("*/api/v1/exams/attempts/a1/paper", () => HttpResponse.json(shut)));
    attempt = attemptFor({ lease_no: 7 });
  });
  const onServer = (question: string, seq: number) =>
    saved.set(question, { lease_no: 7, entry: { seq, question_id: question, response: yes } });

  it("has none on a device that takes over either: one begins where the server's answers end", async () => {
    onServer("q1", 1);
    onServer("q2", 2);
    const one = player();
    await one.prepare();
    await one.takeBack();
    expect(one.state.place.current).toBe("q2");
    one.goTo("q1");
    expect(one.state.place.current).toBe("q2");
    one.goTo("q3");
    expect(one.state.place.current).toBe("q3");
  });

  it("has its answers numbered in its order, however long a file takes", async () => {
    let arrive: (answer: Response) => void = () => {};
    uploads(() => new Promise((resolve) => (arrive = resolve)));
    const one = player();
    await one.prepare();
    await one.takeBack();
    one.addFile("q1", new File(["a"], "a.txt"));
    one.goTo("q2");
    one.answer("q2", yes);
    await until(() => expect(one.state.saves.waiting).toBe(0));
    expect([...saved].map(([question, { entry }]) => [question, entry.seq])).toEqual([
      ["q1", 1],
      ["q2", 2],
    ]);
    expect(one.state).toMatchObject({ name: "saving", files: [{ question: "q1", name: "a.txt" }] });
    arrive(HttpResponse.json({}));
    await until(() => expect(one.state).toMatchObject({ name: "writing", files: [] }));
  });
});

describe("files", () => {
  it("are named by the answer from the start, and by none any more once they are taken out", async () => {
    uploads(() => new Promise(() => undefined));
    const one = await started();
    one.addFile("q1", new File(["a"], "f1.txt"));
    one.goTo("q2");
    one.goTo("q1");
    one.addFile("q1", new File(["bc"], "f2.txt"));
    const named = () => (one.state.answers["q1"] as { files: { id: string }[] }).files;
    expect(named()).toMatchObject([
      { name: "f1.txt", bytes: 1 },
      { name: "f2.txt", bytes: 2 },
    ]);
    await until(() => expect(saved.get("q1")?.entry.response).toMatchObject({ files: named() }));
    one.removeFile("q1", named()[0]?.id ?? "");
    expect(one.state.files).toMatchObject([{ name: "f2.txt" }]);
    await until(() => expect(saved.get("q1")?.entry.response).toMatchObject({ files: named() }));
  });

  it("that another device never sent are named", async () => {
    uploads(() => Promise.resolve(HttpResponse.error()));
    const there = await started();
    there.addFile("q1", new File(["a"], "there.txt"));
    await until(() => expect(saved.has("q1")).toBe(true));
    there.dispose();
    missing = [there.state.files[0]?.id ?? ""];
    journal = new TestJournal();
    const here = player();
    await here.takeBack();
    expect(here.state.files).toMatchObject([{ name: "there.txt", question: "q1", isHere: false }]);
    here.removeFile("q1", missing[0] ?? "");
    expect(here.state.files).toEqual([]);
  });

  it("outlive a crash and a time without network: the next visit sends them", async () => {
    const sent: string[] = [];
    uploads(() => Promise.resolve(HttpResponse.error()));
    const first = await started();
    first.addFile("q1", new File(["a"], "f1.txt"));
    await until(() => expect(saved.has("q1")).toBe(true));
    first.dispose();
    uploads((id) => {
      sent.push(id);
      return Promise.resolve(HttpResponse.json({}));
    });
    const second = player();
    await second.takeBack();
    await until(() => expect(sent).toHaveLength(1));
    expect(second.state.answers["q1"]).toMatchObject({ files: [{ id: sent[0] }] });
    await until(() => expect(journal.files.size).toBe(0));
  });
});

describe("handing in while a file is on its way", () => {
  it("waits for it", async () => {
    let arrive: (answer: Response) => void = () => {};
    uploads(() => new Promise((resolve) => (arrive = resolve)));
    const one = await started();
    one.addFile("q1", new File(["a"], "a.txt"));
    one.handIn();
    await timer.advance(10_000);
    expect(one.state.handIn).toBe("sending");
    expect(attempt.state).toBe("in_progress");
    arrive(HttpResponse.json({}));
    await until(() => expect(attempt.state).toBe("submitted"));
    expect(saved.get("q1")?.entry.response).toMatchObject({ files: [{ name: "a.txt" }] });
  });

  it("waits on while the server can't take it, and is called off when it won't", async () => {
    let answer = () => problem(503, "exam.save_unavailable");
    uploads(() => Promise.resolve(answer()));
    const one = await started();
    one.addFile("q1", new File(["a"], "a.txt"));
    one.handIn();
    await timer.advance(10_000);
    expect(one.state.handIn).toBe("sending");
    answer = () => problem(413, "exam.file_too_large");
    await until(() => expect(one.state.handIn).toBe("no"));
    expect(one.state.files).toMatchObject([{ name: "a.txt", refused: { status: 413 } }]);
    expect(attempt.state).toBe("in_progress");
    // Told so, the candidate may hand in without it.
    one.handIn();
    await until(() => expect(attempt.state).toBe("submitted"));
  });
});

describe("a device that can't keep anything", () => {
  it("loses nothing when another one takes over and gives the attempt back", async () => {
    const one = await started();
    journal.full = true;
    attempt = { ...attempt, lease_no: 2, version: attempt.version + 1 };
    refuse = () => problem(409, "exam.lease_stale");
    one.answer("q1", yes);
    await until(() => expect(one.state.name).toBe("taken_over"));
    one.answer("q2", yes);
    await timer.advance(100);
    refuse = null;
    await one.takeBack();
    await until(() => expect(one.state.saves.waiting).toBe(0));
    expect(saved.get("q2")?.entry.response).toEqual(yes);
  });
});

describe("a refusal", () => {
  it("by 401 keeps the candidate on the page, with the answers on the device", async () => {
    const one = await started();
    refuse = () => problem(401, "auth.ticket_expired");
    one.answer("q1", yes);
    await until(() => expect(one.state.saves.trouble).toBe("refused"));
    expect(one.state).toMatchObject({ name: "offline", saves: { onDevice: true, waiting: 1 } });
    expect(journal.answers.get("q1")?.response).toEqual(yes);
  });
});

describe("what the server changes", () => {
  it("is taken over at the next question for it: extra time, a pause, its end", async () => {
    const one = await started();
    attempt = { ...attempt, deadline: "2026-11-23T11:10:00.000000Z", version: attempt.version + 1 };
    await one.ask();
    expect(one.state.deadlineMoved?.to).toBe("2026-11-23T11:10:00.000000Z");
    attempt = { ...attempt, state: "paused", version: attempt.version + 1 };
    await one.ask();
    expect(one.state.name).toBe("paused");
    attempt = { ...attempt, state: "in_progress", version: attempt.version + 1 };
    await one.ask();
    expect(one.state.name).toBe("writing");
  });
});

describe("a section with a time limit of its own", () => {
  const timed = paperFor({ questions: 1 }, { questions: 2, time_limit_seconds: 600 });
  const heard = {
    section: 1,
    entered_at: "2026-11-23T10:02:00.000000Z",
    ends_at: "2026-11-23T10:12:00.000000Z",
  };

  it("is told to the server when it is entered, once, and again only when it didn't arrive", async () => {
    const told: unknown[] = [];
    let away = true;
    server.use(
      http.post("*/api/v1/exams/attempts/a1/start", () => {
        attempt = {
          ...attempt,
          ...{ state: "in_progress", started_at: attemptFor().started_at },
          deadline: attemptFor().deadline,
        };
        return HttpResponse.json({ attempt, unseal: NOTHING_SEALED });
      }),
      http.get("*/api/v1/exams/attempts/a1/paper", () => HttpResponse.json(timed)),
      http.post(
        "*/api/v1/exams/attempts/a1/sections/:section/enter",
        async ({ params, request }) => {
          told.push([params["section"], await request.json()]);
          if (away) return HttpResponse.error();
          attempt = { ...attempt, sections: [heard] };
          return HttpResponse.json({ attempt });
        },
      ),
    );
    const one = await started();
    await one.ask();
    expect(told).toEqual([]);
    now = TEN + MINUTE;
    one.goTo("q2");
    await vi.waitFor(() => expect(told).toEqual([["1", { lease_no: 1 }]]));
    away = false;
    await vi.waitFor(async () => {
      await one.ask();
      expect(one.state.attempt.sections).toEqual([heard]);
    });
    one.goTo("q3");
    await one.ask();
    expect(told).toHaveLength(2);
  });
});
