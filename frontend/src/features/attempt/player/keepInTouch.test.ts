import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Attempt } from "@/shared/api";
import { clock } from "@/shared/time";
import { attemptFor } from "../testing";
import { keepInTouch } from "./keepInTouch";
import type { Player } from "./Player";

let socket: FakeSocket;
class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  sent: string[] = [];
  readonly url: string;
  constructor(url: string) {
    this.url = url;
    socket = this;
  }
  send(data: string) {
    this.sent.push(data);
  }
  close() {}
}

const idle = () => ({
  attempt: attemptFor({ deadline: null }),
  wholeVersion: attemptFor().version,
  writer: "me",
  saves: { waiting: 0 },
  files: [] as { refused: null }[],
});

let stop: () => void;
const player = {
  access: { attemptId: "a1", ticket: "secret ticket" },
  state: idle(),
  subscribe: vi.fn(() => () => true),
  ask: vi.fn(async () => undefined),
  flush: vi.fn(),
  networkBack: vi.fn(),
  beforeLeaving: vi.fn(),
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  player.state = idle();
  vi.clearAllMocks();
  stop = keepInTouch(player as unknown as Player);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

it("asks every fifteen seconds, whether or not hints come", () => {
  vi.advanceTimersByTime(46_000);
  expect(player.ask).toHaveBeenCalledTimes(3);
});

it("asks seldom while saves are answered, and again when one told of a change that was never heard whole", () => {
  const save = (change: Partial<Attempt>) => {
    const server_time = new Date(Date.now()).toISOString();
    player.state = {
      ...player.state,
      attempt: { ...player.state.attempt, server_time, ...change },
    };
  };
  for (let saves = 0; saves < 10; saves += 1) {
    vi.advanceTimersByTime(10_000);
    save({});
  }
  vi.advanceTimersByTime(1_000);
  expect(player.ask).not.toHaveBeenCalled();
  for (let saves = 0; saves < 26; saves += 1) {
    vi.advanceTimersByTime(10_000);
    save({});
  }
  vi.advanceTimersByTime(1_000);
  expect(player.ask).toHaveBeenCalledTimes(3);
  player.ask.mockClear();
  for (let saves = 0; saves < 4; saves += 1) {
    save({ version: player.state.wholeVersion + 1 });
    vi.advanceTimersByTime(10_000);
  }
  expect(player.ask).toHaveBeenCalledTimes(2);
});

it("asks at once when a hint for this attempt comes, and for no other", () => {
  socket.onopen?.();
  expect(socket.url).not.toContain("secret");
  expect(socket.sent).toEqual(['{"type":"hello","ticket":"secret ticket"}']);
  socket.onmessage?.({ data: '{"type":"attempt","attempt_id":"other","version":2}' });
  socket.onmessage?.({ data: "not JSON" });
  expect(player.ask).not.toHaveBeenCalled();
  socket.onmessage?.({ data: '{"type":"attempt","attempt_id":"a1","version":2}' });
  expect(player.ask).toHaveBeenCalledOnce();
});

it("connects again after the channel was lost, and asks what it missed", () => {
  const first = socket;
  first.onmessage?.({ data: '{"type":"ready"}' });
  expect(player.ask).not.toHaveBeenCalled();
  first.onclose?.({ code: 1006 });
  vi.advanceTimersByTime(2_000);
  expect(socket).not.toBe(first);
  socket.onmessage?.({ data: '{"type":"ready"}' });
  expect(player.ask).toHaveBeenCalledOnce();
});

it("sends the last answers the moment the time ends, then asks often until the attempt is closed, and seldom until it is over", () => {
  player.state = {
    ...idle(),
    attempt: attemptFor({ deadline: new Date(clock.now() + 4_000).toISOString() }),
    saves: { waiting: 1 },
  };
  vi.advanceTimersByTime(3_400);
  expect(player.flush).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_100);
  expect(player.flush).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(9_000);
  expect(player.ask.mock.calls.length).toBeGreaterThanOrEqual(3);
  player.state = { ...idle(), attempt: attemptFor({ closed: true }) };
  player.ask.mockClear();
  vi.advanceTimersByTime(91_000);
  expect(player.ask).toHaveBeenCalledTimes(3);
  player.state = { ...idle(), attempt: attemptFor({ state: "submitted", closed: true }) };
  player.ask.mockClear();
  vi.advanceTimersByTime(91_000);
  expect(player.ask).not.toHaveBeenCalled();
});

it("sends what waits when the page is hidden or goes, and asks when it comes back", () => {
  const visibility = vi.spyOn(document, "visibilityState", "get");
  visibility.mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
  window.dispatchEvent(new Event("pagehide"));
  expect(player.beforeLeaving).toHaveBeenCalledTimes(2);
  visibility.mockReturnValue("visible");
  document.dispatchEvent(new Event("visibilitychange"));
  expect(player.ask).toHaveBeenCalledOnce();
});

it("asks before the page is closed only while something waits", () => {
  const close = () => {
    const event = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect(close()).toBe(false);
  player.state = { ...player.state, saves: { waiting: 2 } };
  expect(close()).toBe(true);
  player.state = { ...idle(), files: [{ refused: null }] };
  expect(close()).toBe(true);
});
