import { HttpResponse, http } from "msw";
import { beforeEach, expect, it, vi } from "vitest";
import { server } from "@/shared/test/server";
import { attemptAccess } from "../api/attemptApi";
import { ALL_SAFE, type Trouble } from "../save-queue/status";
import { attemptFor } from "../testing";
import { StallTeller } from "./StallTeller";
import { initialState, type PlayerState } from "./state";

const START = Date.parse("2026-03-02T09:00:00Z");

let state: PlayerState;
let told: unknown[];
let away: boolean;
let passed: number;
let setBy: number;

beforeEach(() => {
  told = [];
  away = false;
  passed = 0;
  setBy = 0;
  state = {
    ...initialState(attemptFor({ state: "in_progress", started_at: "2026-03-02T09:00:00Z" })),
    name: "writing",
    reachable: true,
  };
  server.use(
    http.post("*/api/v1/exams/attempts/a1/stalls", async ({ request }) => {
      if (away) return HttpResponse.error();
      told.push(await request.json());
      return new HttpResponse(null, { status: 204 });
    }),
  );
});

const teller = () =>
  new StallTeller(
    attemptAccess("a1", "ticket"),
    { now: () => START + passed + setBy, mark: () => passed },
    () => state,
  );

const trouble = (trouble: Trouble | null) => {
  state = { ...state, saves: { ...ALL_SAFE, trouble } };
};

it("tells once the server is back how long it was away, and again when that didn't arrive", async () => {
  const stalls = teller();
  stalls.look();
  trouble("offline");
  stalls.look();
  passed = 90_000;
  stalls.look();
  // The server's clock was set meanwhile: the stall is as long as it was.
  setBy = 3_600_000;
  trouble(null);
  away = true;
  stalls.look();
  await vi.waitFor(() => {
    away = false;
    stalls.look();
    expect(told).toEqual([
      {
        lease_no: 1,
        stalls: [{ from: "2026-03-02T10:00:00.000Z", until: "2026-03-02T10:01:30.000Z" }],
      },
    ]);
  });
  stalls.look();
  await Promise.resolve();
  expect(told).toHaveLength(1);
});

it("says nothing of a moment, of a refusal, and from a screen that doesn't write", async () => {
  const stalls = teller();
  trouble("busy");
  stalls.look();
  passed = 4_999;
  trouble("refused");
  stalls.look();
  state = { ...state, writer: "another_device", reachable: false };
  stalls.look();
  passed = 60_000;
  state = { ...state, reachable: true };
  stalls.look();
  await Promise.resolve();
  expect(told).toEqual([]);
});
