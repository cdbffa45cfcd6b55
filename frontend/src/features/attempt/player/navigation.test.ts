import { describe, expect, it } from "vitest";
import { MINUTE, paperFor, TEN } from "../testing";
import { isSectionOver, leavesForGood, mayGoTo, neighbour, placeAfter } from "./navigation";
import { NOWHERE } from "./state";

const free = paperFor({ questions: 2 }, { questions: 2 });
const forward = paperFor(
  { questions: 2 },
  { questions: 3, navigation: "forward_only" },
  { questions: 1 },
);
const walk = (paper: typeof free, ...questions: string[]) =>
  questions.reduce((place, question) => placeAfter(place, paper, question, TEN), NOWHERE);

describe("in free sections", () => {
  it("one may go anywhere", () => {
    const place = walk(free, "q1");
    expect(free.questions.every(({ id }) => mayGoTo(place, free, id, TEN))).toBe(true);
  });

  it("next and back walk through all questions, and stop at the ends", () => {
    expect(neighbour(walk(free, "q2"), free, 1, TEN)?.id).toBe("q3");
    expect(neighbour(walk(free, "q1"), free, -1, TEN)).toBeNull();
    expect(neighbour(walk(free, "q4"), free, 1, TEN)).toBeNull();
  });
});

describe("in a forward-only section", () => {
  it("one may go on by one question, and not back", () => {
    const place = walk(forward, "q1", "q3", "q4");
    expect(mayGoTo(place, forward, "q3", TEN)).toBe(false);
    expect(mayGoTo(place, forward, "q5", TEN)).toBe(true);
    expect(neighbour(place, forward, -1, TEN)?.id).toBe("q2");
  });

  it("one can't skip a question", () => {
    expect(mayGoTo(walk(forward, "q1", "q3"), forward, "q5", TEN)).toBe(false);
    expect(mayGoTo(walk(forward, "q1"), forward, "q4", TEN)).toBe(false);
  });

  it("one comes back to where one was after looking at another section", () => {
    const place = walk(forward, "q3", "q4", "q1");
    expect(mayGoTo(place, forward, "q4", TEN)).toBe(true);
    expect(mayGoTo(place, forward, "q5", TEN)).toBe(false);
    expect(mayGoTo(place, forward, "q3", TEN)).toBe(false);
  });

  it("going on shuts the question behind one", () => {
    const place = walk(forward, "q3");
    expect(leavesForGood(place, forward, "q4")).toBe(true);
    expect(leavesForGood(place, forward, "q1")).toBe(false);
    expect(leavesForGood(walk(free, "q1"), free, "q2")).toBe(false);
  });
});

describe("a section with a time limit of its own", () => {
  const timed = paperFor({ questions: 2, time_limit_seconds: 600 }, { questions: 1 });

  it("is over when its time has run since it was first entered", () => {
    const place = placeAfter(walk(timed, "q1"), timed, "q2", TEN + 5 * MINUTE);
    expect(isSectionOver(place, timed, 0, TEN + 10 * MINUTE - 1)).toBe(false);
    expect(isSectionOver(place, timed, 0, TEN + 10 * MINUTE)).toBe(true);
  });

  it("can't be entered again then, and Next leads to the section behind it", () => {
    const place = walk(timed, "q1");
    expect(mayGoTo(place, timed, "q2", TEN + 11 * MINUTE)).toBe(false);
    expect(neighbour(place, timed, 1, TEN + 11 * MINUTE)?.id).toBe("q3");
  });
});
