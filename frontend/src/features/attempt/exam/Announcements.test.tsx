import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { render } from "@/shared/test/render";
import { clock } from "@/shared/time";
import { Announcer } from "@/shared/ui";
import { initialState, type PlayerState, reduce } from "../player/state";
import { attemptFor, paperFor } from "../testing";
import { Announcements } from "./Announcements";

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
});
afterEach(() => {
  vi.useRealTimers();
});

function stateWith(millisecondsLeft: number): PlayerState {
  const attempt = attemptFor({ deadline: new Date(clock.now() + millisecondsLeft).toISOString() });
  return reduce(initialState(attempt), {
    type: "begun",
    attempt,
    paper: paperFor({ questions: 1 }),
    answers: {},
    place: null,
    now: clock.now(),
  });
}
const draw = (state: PlayerState) =>
  render(
    <>
      <Announcements state={state} />
      <Announcer />
    </>,
  );
const spoken = () =>
  screen
    .getAllByRole("status")
    .map((region) => region.textContent)
    .join("");
const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

it("tells the time ten, five and one minute before the end, and not in between", async () => {
  draw(stateWith(10 * 60_000 + 3_000));
  await pass(1_000);
  expect(spoken()).not.toMatch(/left/);
  await pass(4_000);
  expect(spoken()).toBe("10 minutes left");
  await pass(5 * 60_000);
  expect(spoken()).toBe("5 minutes left");
  await pass(4 * 60_000);
  expect(spoken()).toBe("1 minute left");
});

it("says that the connection is lost, and how the answers stand when it is back", async () => {
  const state = stateWith(3_600_000);
  const { rerender } = draw(state);
  const offline = reduce(state, { type: "server_reached", reachable: false });
  const page = (now: PlayerState) => (
    <>
      <Announcements state={now} />
      <Announcer />
    </>
  );
  rerender(page(offline));
  expect(spoken()).toBe("No connection — keep working");
  rerender(page(state));
  expect(spoken()).toBe("Connected again. Nothing to save yet");
});
