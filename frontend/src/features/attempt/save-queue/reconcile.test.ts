import { describe, expect, it } from "vitest";
import type { HeldResponse, QuestionResponse } from "@/shared/api";
import type { Kept } from "../journal/journal";
import { reconcile } from "./reconcile";

const text = (words: string): QuestionResponse => ({ type: "essay", text: words });
const nothing: Kept = { answers: [], outbox: [], place: null, files: [] };
const theirs = (seq: number, words: string, lease_no = 1): HeldResponse => ({
  question_id: "q1",
  lease_no,
  seq,
  standing: "counts",
  missing_files: [],
  response: text(words),
});

describe("joining the device's record with the server's", () => {
  it("a device that knows nothing shows what the server has", () => {
    const start = reconcile(1, nothing, [theirs(7, "a")]);
    expect(start.answers).toMatchObject([{ response: text("a"), dirty: false }]);
    expect(start.nextSeq).toBe(8);
  });

  it("a change that never got a number is sent", () => {
    const kept = {
      ...nothing,
      answers: [
        {
          question: "q1",
          response: text("b"),
          lease: 1,
          sealed: { lease: 1, seq: 7 },
          dirty: true,
        },
      ],
    };
    expect(reconcile(1, kept, [theirs(7, "a")]).answers).toMatchObject([
      { response: text("b"), dirty: true },
    ]);
  });

  it("an entry under way keeps its number", () => {
    const entry = { question: "q1", response: text("b"), lease: 1, seq: 8 };
    const kept = {
      ...nothing,
      answers: [
        {
          question: "q1",
          response: text("b"),
          lease: 1,
          sealed: { lease: 1, seq: 8 },
          dirty: false,
        },
      ],
      outbox: [entry],
    };
    const start = reconcile(1, kept, [theirs(7, "a")]);
    expect(start.answers).toMatchObject([{ response: text("b"), dirty: false }]);
    expect(start.outbox).toEqual([entry]);
    expect(start.nextSeq).toBe(9);
  });

  it("what the server confirmed once and has lost since is sent again", () => {
    const kept = {
      ...nothing,
      answers: [
        {
          question: "q1",
          response: text("b"),
          lease: 1,
          sealed: { lease: 1, seq: 8 },
          dirty: false,
        },
      ],
    };
    expect(reconcile(1, kept, []).answers).toMatchObject([{ response: text("b"), dirty: true }]);
  });

  it("a later lease's answer wins over an earlier one's", () => {
    const kept = {
      ...nothing,
      answers: [{ question: "q1", response: text("mine"), lease: 1, sealed: null, dirty: true }],
    };
    expect(reconcile(3, kept, [theirs(1, "theirs", 2)]).answers).toMatchObject([
      { response: text("theirs"), dirty: false },
    ]);
  });

  it("an entry stands in for an answer that the device could not keep", () => {
    const kept = {
      ...nothing,
      outbox: [{ question: "q1", response: text("b"), lease: 1, seq: 3 }],
    };
    expect(reconcile(1, kept, []).answers).toMatchObject([{ response: text("b"), dirty: false }]);
  });

  it.each(["late", "passed_over"] as const)(
    "what is held without counting (%s) is not sent again, and the answer that counts is shown",
    (standing) => {
      const answer = {
        question: "q1",
        response: text("b"),
        lease: 1,
        sealed: { lease: 1, seq: 8 },
        dirty: false,
      };
      const kept = { ...nothing, answers: [answer] };
      const aside = { ...theirs(8, "b"), standing };
      const start = reconcile(1, kept, [theirs(7, "a"), aside]);
      expect(start.answers).toMatchObject([{ response: text("a"), dirty: false }]);
      expect(start.aside).toEqual(new Map([["q1", standing]]));
      expect(start.nextSeq).toBe(9);

      const alone = reconcile(1, kept, [aside]);
      expect(alone.answers).toEqual([]);
      expect(alone.aside).toEqual(new Map([["q1", standing]]));

      // Changed after that: it is on its way, and nobody knows yet.
      const changed = reconcile(1, { ...nothing, answers: [{ ...answer, dirty: true }] }, [aside]);
      expect(changed.answers).toMatchObject([{ response: text("b"), dirty: true }]);
      expect(changed.aside.size).toBe(0);

      // The same words again take nothing from the candidate.
      expect(reconcile(1, kept, [theirs(7, "b"), aside]).aside.size).toBe(0);
    },
  );

  it("while the server can't be asked, what it confirmed once is not sent again", () => {
    const answer = (question: string, seq: number) => ({
      question,
      response: text("b"),
      lease: 1,
      sealed: { lease: 1, seq },
      dirty: false,
    });
    const kept = {
      ...nothing,
      answers: [answer("q1", 7), answer("q2", 8), { ...answer("q3", 9), dirty: true }],
      outbox: [{ question: "q2", response: text("b"), lease: 1, seq: 8 }],
    };
    const dirty = (lease: number) => reconcile(lease, kept, null).answers.map((one) => one.dirty);
    expect(dirty(1)).toEqual([false, false, true]);
    expect(dirty(2)).toEqual([false, true, true]);
    expect(reconcile(1, kept, null).written).toEqual(["q1", "q2", "q2", "q3"]);
  });
});
