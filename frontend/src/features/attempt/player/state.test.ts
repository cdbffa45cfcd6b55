import { describe, expect, it } from "vitest";
import { ApiError } from "@/shared/api";
import type { FileStatus } from "../files/FileSender";
import { ALL_SAFE } from "../save-queue/status";
import { attemptFor, MINUTE, paperFor, TEN } from "../testing";
import { safetyOf } from "./safety";
import {
  initialState,
  isTimeUp,
  mayWrite,
  type PlayerEvent,
  type PlayerState,
  reduce,
} from "./state";

const paper = paperFor({ questions: 3 });
const begun: PlayerEvent = {
  type: "begun",
  attempt: attemptFor(),
  paper,
  answers: {},
  place: null,
  now: TEN,
};
const stateAfter = (...events: PlayerEvent[]): PlayerState =>
  [begun, ...events].reduce(reduce, initialState(attemptFor({ state: "ready", deadline: null })));
const answered: PlayerEvent = {
  type: "answered",
  question: "q1",
  response: { type: "true_false", value: true },
};

describe("the state's name", () => {
  it.each<[string, PlayerState]>([
    ["lobby", initialState(attemptFor({ state: "scheduled" }))],
    ["lobby", initialState(attemptFor({ state: "ready" }))],
    ["writing", stateAfter()],
    ["saving", stateAfter({ type: "saves_changed", saves: { ...ALL_SAFE, waiting: 1 } })],
    [
      "offline",
      stateAfter({ type: "saves_changed", saves: { ...ALL_SAFE, waiting: 1, trouble: "offline" } }),
    ],
    [
      "offline",
      stateAfter({ type: "saves_changed", saves: { ...ALL_SAFE, waiting: 1, trouble: "busy" } }),
    ],
    ["offline", stateAfter({ type: "server_reached", reachable: false })],
    [
      "paused",
      stateAfter({ type: "attempt_heard", attempt: attemptFor({ state: "paused", version: 2 }) }),
    ],
    ["taken_over", stateAfter({ type: "writer_changed", writer: "another_device" })],
    ["taken_over", stateAfter({ type: "writer_changed", writer: "another_tab" })],
    [
      "submitted",
      stateAfter({
        type: "attempt_heard",
        attempt: attemptFor({ state: "submitted", version: 2 }),
      }),
    ],
    [
      "closed",
      stateAfter({ type: "attempt_heard", attempt: attemptFor({ closed: true, version: 2 }) }),
    ],
    [
      "closed",
      stateAfter({ type: "attempt_heard", attempt: attemptFor({ state: "absent", version: 2 }) }),
    ],
    [
      "terminated",
      stateAfter({
        type: "attempt_heard",
        attempt: attemptFor({ state: "terminated", version: 2 }),
      }),
    ],
  ])("is %s", (name, state) => {
    expect(state.name).toBe(name);
  });

  it("stays submitted when the network drops or another device opens the attempt", () => {
    const submitted = stateAfter(
      { type: "attempt_heard", attempt: attemptFor({ state: "submitted", version: 2 }) },
      { type: "server_reached", reachable: false },
      { type: "writer_changed", writer: "another_device" },
    );
    expect(submitted.name).toBe("submitted");
  });
});

describe("what the server says", () => {
  it("is ignored when it is older than what was heard already", () => {
    const state = stateAfter(
      { type: "attempt_heard", attempt: attemptFor({ state: "paused", version: 5 }) },
      { type: "attempt_heard", attempt: attemptFor({ version: 4 }) },
    );
    expect(state.name).toBe("paused");
  });

  it("moves the deadline, and the candidate is told until they have read it", () => {
    const later = attemptFor({ version: 2, deadline: "2026-11-23T11:10:00.000000Z" });
    const latest = attemptFor({ version: 3, deadline: "2026-11-23T11:20:00.000000Z" });
    const state = stateAfter(
      { type: "attempt_heard", attempt: later },
      { type: "attempt_heard", attempt: latest },
    );
    expect(state.deadlineMoved).toEqual({
      from: "2026-11-23T11:00:00.000000Z",
      to: "2026-11-23T11:20:00.000000Z",
      paused: false,
    });
    expect(reduce(state, { type: "deadline_change_read" }).deadlineMoved).toBeNull();
  });

  it("says of a pause that it took no time, and lets none run out meanwhile", () => {
    const paused = attemptFor({
      version: 2,
      state: "paused",
      paused_at: "2026-11-23T10:50:00.000000Z",
    });
    expect(isTimeUp(paused, TEN + 120 * MINUTE)).toBe(false);
    const goesOn = attemptFor({ version: 3, deadline: "2026-11-23T12:10:00.000000Z" });
    const state = stateAfter(
      { type: "attempt_heard", attempt: paused },
      { type: "attempt_heard", attempt: goesOn },
    );
    expect(state.deadlineMoved).toMatchObject({ to: goesOn.deadline, paused: true });
    // An unread gift from before isn't added to how long the clock stood.
    const given = attemptFor({ version: 2, deadline: "2026-11-23T11:07:00.000000Z" });
    const later = stateAfter(
      { type: "attempt_heard", attempt: given },
      { type: "attempt_heard", attempt: { ...paused, version: 3, deadline: given.deadline } },
      { type: "attempt_heard", attempt: { ...goesOn, version: 4 } },
    );
    expect(later.deadlineMoved).toEqual({
      from: given.deadline,
      to: goesOn.deadline,
      paused: true,
    });
  });

  it("doesn't call the first deadline a change", () => {
    expect(stateAfter().deadlineMoved).toBeNull();
  });
});

describe("writing", () => {
  it("goes on until the deadline, and no longer while the server is there", () => {
    expect(mayWrite(stateAfter(), TEN + 60 * MINUTE - 1)).toBe(true);
    expect(mayWrite(stateAfter(), TEN + 60 * MINUTE)).toBe(false);
    expect(isTimeUp(attemptFor(), TEN + 60 * MINUTE)).toBe(true);
  });

  it("goes on past the deadline without the server: it is kept, and marked late", () => {
    const offline = stateAfter({ type: "server_reached", reachable: false });
    expect(mayWrite(offline, TEN + 61 * MINUTE)).toBe(true);
  });

  it("stops while the attempt is paused or handed in", () => {
    expect(mayWrite(stateAfter({ type: "hand_in_confirmed" }), TEN)).toBe(false);
    const paused = stateAfter({
      type: "attempt_heard",
      attempt: attemptFor({ state: "paused", version: 2 }),
    });
    expect(mayWrite(paused, TEN)).toBe(false);
  });
});

describe("the reducer", () => {
  it("keeps answers, flags and the place", () => {
    const state = stateAfter(
      answered,
      { type: "flag_toggled", question: "q2" },
      { type: "went_to", question: "q3", now: TEN },
    );
    expect(state.answers).toEqual({ q1: { type: "true_false", value: true } });
    expect(state.place).toMatchObject({ current: "q3", flagged: ["q2"] });
    expect(reduce(state, { type: "flag_toggled", question: "q2" }).place.flagged).toEqual([]);
  });

  it("finds the place again after a crash", () => {
    const place = { current: "q2", flagged: ["q1"], furthest: {}, entered: {} };
    expect(stateAfter({ ...begun, place }).place).toEqual(place);
  });

  it("changes nothing of the state it is given", () => {
    const state = Object.freeze(stateAfter());
    expect(() => reduce(state, answered)).not.toThrow();
  });
});

describe("the sentence about safety", () => {
  const saves = (change: Partial<typeof ALL_SAFE>) => ({ ...ALL_SAFE, ...change });
  const answers = stateAfter(answered).answers;
  const file = (refused: ApiError | null): FileStatus => ({
    id: "f1",
    question: "q1",
    name: "a.pdf",
    refused,
    onDevice: true,
    isHere: true,
  });
  const refusal = new ApiError({ status: 413, code: "exam.file_too_large", detail: "" });
  it.each([
    ["fileSending", { answers, saves: ALL_SAFE, files: [file(null)], reachable: true }],
    ["fileWaiting", { answers, saves: ALL_SAFE, files: [file(null)], reachable: false }],
    ["saving", { answers, saves: saves({ waiting: 1 }), files: [file(null)], reachable: true }],
    ["fileRefused", { answers, saves: ALL_SAFE, files: [file(refusal)], reachable: true }],
    ["nothingYet", { answers: {}, saves: ALL_SAFE, reachable: true }],
    ["allSafe", { answers, saves: ALL_SAFE, reachable: true }],
    ["saving", { answers, saves: saves({ waiting: 1 }), reachable: true }],
    [
      "waitingOffline",
      { answers, saves: saves({ waiting: 1, trouble: "offline" }), reachable: true },
    ],
    ["waitingOffline", { answers, saves: saves({ waiting: 1 }), reachable: false }],
    ["waitingBusy", { answers, saves: saves({ waiting: 1, trouble: "busy" }), reachable: true }],
    [
      "waitingRefused",
      { answers, saves: saves({ waiting: 1, trouble: "refused" }), reachable: true },
    ],
    [
      "waitingHereOnly",
      { answers, saves: saves({ waiting: 1, trouble: "busy", onDevice: false }), reachable: true },
    ],
    ["safeButOffline", { answers, saves: ALL_SAFE, reachable: false }],
    ["rejected", { answers, saves: saves({ rejected: ["q1"] }), reachable: true }],
  ] as const)("is %s", (key, state) => {
    expect(safetyOf({ files: [], ...state }).key).toBe(key);
  });

  it("never calls an answer safe that waits", () => {
    for (const trouble of [null, "offline", "busy", "refused"] as const)
      for (const onDevice of [true, false])
        for (const reachable of [true, false])
          expect(
            safetyOf({
              answers,
              saves: saves({ waiting: 1, trouble, onDevice }),
              files: [],
              reachable,
            }).key,
          ).not.toMatch(/safe/i);
  });
});
