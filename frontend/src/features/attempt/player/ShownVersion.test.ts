import { HttpResponse, http } from "msw";
import { beforeEach, expect, it, vi } from "vitest";
import type { Attempt } from "@/shared/api";
import { server } from "@/shared/test/server";
import { attemptAccess } from "../api/attemptApi";
import { attemptFor } from "../testing";
import { ShownVersion } from "./ShownVersion";
import { initialState, type PlayerState } from "./state";

let state: PlayerState;
let said: unknown[];
let away: boolean;

beforeEach(() => {
  said = [];
  away = false;
  server.use(
    http.post("*/api/v1/exams/attempts/a1/seen", async ({ request }) => {
      if (away) return HttpResponse.error();
      said.push(await request.json());
      return new HttpResponse(null, { status: 204 });
    }),
  );
});

const show = (change: Partial<Attempt>) => {
  state = { ...initialState(attemptFor(change)), name: "writing" };
};

it("says once that a change by staff is on the screen, and again when it didn't arrive", async () => {
  show({ version: 3 });
  const shown = new ShownVersion(attemptAccess("a1", "ticket"), () => state);
  shown.look();
  show({ version: 5, told_version: 5 });
  away = true;
  shown.look();
  await vi.waitFor(() => {
    away = false;
    shown.look();
    expect(said).toEqual([{ lease_no: 1, version: 5 }]);
  });
  shown.look();
  show({ version: 6, told_version: 5 });
  shown.look();
  show({ version: 7, told_version: 7 });
  shown.look();
  await vi.waitFor(() => expect(said).toHaveLength(2));
  expect(said[1]).toEqual({ lease_no: 1, version: 7 });
});

it("says nothing from a screen that another device has taken over from", async () => {
  show({ version: 5, told_version: 5 });
  state = { ...state, writer: "another_device" };
  new ShownVersion(attemptAccess("a1", "ticket"), () => state).look();
  await Promise.resolve();
  expect(said).toEqual([]);
});
