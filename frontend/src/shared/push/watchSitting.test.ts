import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { endSession } from "../api";
import { signInAs } from "../test/signIn";
import { type TestSocket, useTestSockets } from "../test/sockets";
import { useSittingHints } from "./useSittingHints";

let sockets: () => readonly TestSocket[];
let asked: number;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  signInAs("invigilator");
  sockets = useTestSockets();
  asked = 0;
});
afterEach(() => vi.useRealTimers());

/** Looks at a sitting; the token is at hand once time has moved at all. */
async function look() {
  const page = renderHook(() =>
    useSittingHints("s1", () => {
      asked += 1;
    }),
  );
  await vi.advanceTimersByTimeAsync(0);
  return page;
}
const hint = { type: "sitting", sitting_id: "s1" };

describe("hints of a sitting", () => {
  it("come in bursts, and are answered at most every two seconds, the last one too", async () => {
    await look();
    const [socket] = sockets();
    socket?.open();
    for (let times = 0; times < 300; times += 1) socket?.say(hint);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toBe(1);
    for (let times = 0; times < 300; times += 1) socket?.say(hint);
    await vi.advanceTimersByTimeAsync(1_900);
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(2);
  });

  it("come again after the connection was lost, tried ever more slowly, and never once nobody looks", async () => {
    const { result, unmount } = await look();
    expect(result.current).toBe(false);
    sockets()[0]?.open();
    sockets()[0]?.say({ type: "ready" });
    expect(result.current).toBe(true);
    sockets()[0]?.drop();
    expect(result.current).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sockets()).toHaveLength(2);
    sockets()[1]?.drop();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sockets()).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sockets()).toHaveLength(3);
    unmount();
    sockets()[2]?.drop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets()).toHaveLength(3);
  });

  it("don't count when they are for another sitting, unreadable, or a refusal", async () => {
    const { result } = await look();
    const [socket] = sockets();
    socket?.open();
    socket?.say({ type: "refused" });
    socket?.say({ type: "sitting", sitting_id: "s2" });
    socket?.onmessage?.({ data: "not JSON" });
    socket?.onmessage?.({ data: new ArrayBuffer(2) });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toBe(0);
    expect(result.current).toBe(false);
  });

  it("aren't asked for without a session, until there is one", async () => {
    endSession();
    await look();
    expect(sockets()).toHaveLength(0);
    signInAs("invigilator");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sockets()).toHaveLength(1);
  });
});
