import { describe, expect, it } from "vitest";
import type { CurrentResponse, QuestionResponse } from "@/shared/api";
import type { Kept } from "../journal/journal";
import { reconcile } from "./reconcile";

const text = (words: string): QuestionResponse => ({ type: "essay", text: words });
const nothing: Kept = { answers: [], outbox: [], place: null };
const theirs = (seq: number, words: string, lease_no = 1): CurrentResponse => ({
  question_id: "q1",
  lease_no,
  seq,
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
});
