import { describe, expect, it } from "vitest";
import type { SectionTime } from "@/shared/api";
import type { KeptPlace } from "../journal/journal";
import { MINUTE, paperFor, TEN } from "../testing";
import {
  isSectionOver,
  leavesForGood,
  mayGoTo,
  neighbour,
  placeAfter,
  placeToBegin,
  sectionEndsAt,
  sectionsToTell,
} from "./navigation";
import { NOWHERE } from "./state";

const free = paperFor({ questions: 2 }, { questions: 2 });
const forward = paperFor(
  { questions: 2 },
  { questions: 3, navigation: "forward_only" },
  { questions: 1 },
);
const at = (place: KeptPlace, paper: typeof free, sections: SectionTime[] = []) => ({
  place,
  paper,
  sections,
});
const walk = (paper: typeof free, ...questions: string[]) =>
  questions.reduce((place, question) => placeAfter(place, paper, question, TEN), NOWHERE);

describe("in free sections", () => {
  it("one may go anywhere", () => {
    const place = walk(free, "q1");
    expect(free.questions.every(({ id }) => mayGoTo(at(place, free), id, TEN))).toBe(true);
  });

  it("next and back walk through all questions, and stop at the ends", () => {
    expect(neighbour(at(walk(free, "q2"), free), 1, TEN)?.id).toBe("q3");
    expect(neighbour(at(walk(free, "q1"), free), -1, TEN)).toBeNull();
    expect(neighbour(at(walk(free, "q4"), free), 1, TEN)).toBeNull();
  });
});

describe("in a forward-only section", () => {
  it("one may go on by one question, and not back", () => {
    const place = walk(forward, "q1", "q3", "q4");
    expect(mayGoTo(at(place, forward), "q3", TEN)).toBe(false);
    expect(mayGoTo(at(place, forward), "q5", TEN)).toBe(true);
    expect(neighbour(at(place, forward), -1, TEN)?.id).toBe("q2");
  });

  it("one can't skip a question", () => {
    expect(mayGoTo(at(walk(forward, "q1", "q3"), forward), "q5", TEN)).toBe(false);
    expect(mayGoTo(at(walk(forward, "q1"), forward), "q4", TEN)).toBe(false);
  });

  it("one comes back to where one was after looking at another section", () => {
    const place = walk(forward, "q3", "q4", "q1");
    expect(mayGoTo(at(place, forward), "q4", TEN)).toBe(true);
    expect(mayGoTo(at(place, forward), "q5", TEN)).toBe(false);
    expect(mayGoTo(at(place, forward), "q3", TEN)).toBe(false);
  });

  it("going on shuts the question behind one", () => {
    const place = walk(forward, "q3");
    expect(leavesForGood(place, forward, "q4")).toBe(true);
    expect(leavesForGood(place, forward, "q1")).toBe(false);
    expect(leavesForGood(walk(free, "q1"), free, "q2")).toBe(false);
  });
});

describe("on a device that takes over", () => {
  const shut = paperFor(
    { questions: 3, navigation: "forward_only" },
    { questions: 2 },
    { questions: 2, navigation: "forward_only" },
  );
  const answered = (...questions: string[]) =>
    Object.fromEntries(questions.map((question) => [question, true]));

  it("one begins where the server's answers end, and can't go back there either", () => {
    const place = placeToBegin(NOWHERE, shut, answered("q1", "q2", "q6"), TEN);
    expect(place).toMatchObject({ current: "q2", furthest: { 0: 1, 2: 0 } });
    expect(mayGoTo(at(place, shut), "q1", TEN)).toBe(false);
    expect(mayGoTo(at(place, shut), "q3", TEN)).toBe(true);
    expect(mayGoTo(at(placeAfter(place, shut, "q4", TEN), shut), "q6", TEN)).toBe(true);
    expect(mayGoTo(at(placeAfter(place, shut, "q4", TEN), shut), "q7", TEN)).toBe(false);
  });

  it("a place that was kept counts when it is further, and gives way when it is behind", () => {
    const kept = walk(shut, "q1", "q2", "q3");
    expect(placeToBegin(kept, shut, answered("q1"), TEN)).toEqual(kept);
    const behind = walk(shut, "q1");
    expect(placeToBegin(behind, shut, answered("q3"), TEN)).toMatchObject({ current: "q3" });
    const elsewhere = walk(shut, "q1", "q4");
    expect(placeToBegin(elsewhere, shut, answered("q2"), TEN)).toMatchObject({
      current: "q4",
      furthest: { 0: 1 },
    });
  });

  it("one begins at the first question when nothing was answered, and nowhere in an empty paper", () => {
    expect(placeToBegin(NOWHERE, shut, {}, TEN)).toMatchObject({
      current: "q1",
      furthest: { 0: 0 },
    });
    expect(placeToBegin(NOWHERE, paperFor(), {}, TEN)).toEqual(NOWHERE);
  });
});

describe("a section with a time limit of its own", () => {
  const timed = paperFor({ questions: 2, time_limit_seconds: 600 }, { questions: 1 });

  it("is over when its time has run since it was first entered", () => {
    const place = placeAfter(walk(timed, "q1"), timed, "q2", TEN + 5 * MINUTE);
    expect(isSectionOver(at(place, timed), 0, TEN + 10 * MINUTE - 1)).toBe(false);
    expect(isSectionOver(at(place, timed), 0, TEN + 10 * MINUTE)).toBe(true);
  });

  it("ends when the server says, and for who entered it here as long after that as the server gives", () => {
    const time = (minute: number) => new Date(TEN + minute * MINUTE).toISOString();
    // Heard two minutes late, and five minutes were credited.
    const heard = [{ section: 0, entered_at: time(2), ends_at: time(17) }];
    const elsewhere = at(NOWHERE, timed, heard);
    expect(sectionEndsAt(elsewhere, 0)).toBe(TEN + 17 * MINUTE);
    expect(sectionEndsAt(at(walk(timed, "q1"), timed, heard), 0)).toBe(TEN + 15 * MINUTE);
    // Entered on another device before.
    const later = placeAfter(NOWHERE, timed, "q1", TEN + 8 * MINUTE);
    expect(sectionEndsAt(at(later, timed, heard), 0)).toBe(TEN + 17 * MINUTE);
    expect(sectionEndsAt(elsewhere, 1)).toBeNull();
  });

  it("is to be told to the server until it has heard of it", () => {
    const place = walk(timed, "q1", "q3");
    expect(sectionsToTell(at(place, timed))).toEqual([0]);
    const heard = [{ section: 0, entered_at: "", ends_at: "" }];
    expect(sectionsToTell(at(place, timed, heard))).toEqual([]);
  });

  it("can't be entered again then, and Next leads to the section behind it", () => {
    const place = walk(timed, "q1");
    expect(mayGoTo(at(place, timed), "q2", TEN + 11 * MINUTE)).toBe(false);
    expect(neighbour(at(place, timed), 1, TEN + 11 * MINUTE)?.id).toBe("q3");
  });
});
