import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "@/shared/api";
import { settled, TestJournal, TestTimer } from "../save-queue/testing";
import { FileSender, type FileStatus } from "./FileSender";

let timer: TestTimer;
let journal: TestJournal;
let arrived: string[];
let answer: (id: string) => Promise<void>;
let statuses: readonly FileStatus[];

const pending = (id: string) => ({ id, question: "q1", file: new File([id], `${id}.txt`) });
const sender = () =>
  new FileSender({
    journal,
    timer,
    upload: async (id) => {
      await answer(id);
      arrived.push(id);
    },
    changed: (files) => {
      statuses = files;
    },
  });

beforeEach(() => {
  timer = new TestTimer();
  journal = new TestJournal();
  arrived = [];
  statuses = [];
  answer = async () => undefined;
});

describe("files of answers", () => {
  it("are on the device until they are at the server", async () => {
    let arrive = () => {};
    answer = () => new Promise((resolve) => (arrive = resolve));
    await sender().add(pending("f1"));
    expect([...journal.files.keys()]).toEqual(["f1"]);
    expect(statuses).toMatchObject([{ id: "f1", name: "f1.txt", refused: null, onDevice: true }]);
    arrive();
    await settled();
    expect([arrived, statuses, journal.files.size]).toEqual([["f1"], [], 0]);
  });

  it("are sent again, later each time, while the server can't be reached", async () => {
    let tries = 0;
    answer = async () => {
      tries += 1;
      if (tries < 4) throw ApiError.offline(null);
    };
    await sender().add(pending("f1"));
    await settled();
    expect([tries, arrived]).toEqual([1, []]);
    await timer.advance(60_000);
    expect([tries, arrived]).toEqual([4, ["f1"]]);
  });

  it("outlive the page, as far as the device keeps them", async () => {
    answer = () => Promise.reject(ApiError.offline(null));
    const first = sender();
    await first.add(pending("f1"));
    first.stop();
    await timer.advance(60_000);
    answer = async () => undefined;
    sender().resume([...journal.files.values()]);
    await settled();
    expect(arrived).toEqual(["f1"]);

    journal.full = true;
    answer = () => Promise.reject(ApiError.offline(null));
    await sender().add(pending("f2"));
    expect(statuses).toMatchObject([{ id: "f2", onDevice: false }]);
  });

  it("are named when the server won't take them, and can be tried again or given up; others go on", async () => {
    answer = async (id) => {
      if (id !== "f2") throw new ApiError({ status: 413, code: "exam.file_too_large", detail: "" });
    };
    const one = sender();
    await one.add(pending("f1"));
    await one.add(pending("f2"));
    await one.add(pending("f3"));
    await settled();
    expect(arrived).toEqual(["f2"]);
    expect(statuses).toMatchObject([
      { id: "f1", refused: { status: 413 } },
      { id: "f3", refused: { status: 413 } },
    ]);
    one.keepOnly("q1", ["f3"]);
    answer = async () => undefined;
    one.retry("f3");
    await settled();
    expect([arrived, statuses, journal.files.size]).toEqual([["f2", "f3"], [], 0]);
  });

  it("that were chosen on another device are named as missing, until they are taken out", () => {
    const one = sender();
    one.resume([], [{ id: "f9", question: "q1", name: "there.txt" }]);
    expect(statuses).toMatchObject([
      { id: "f9", name: "there.txt", isHere: false, refused: { code: "client.file_elsewhere" } },
    ]);
    one.keepOnly("q1", []);
    expect(statuses).toEqual([]);
  });
});
