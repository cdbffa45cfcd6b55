import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Sitting, WaitingSitting } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { SittingsPage } from "./SittingsPage";

const HOUR_MS = 3_600_000;
const opening = (title: string, hours: number, change: Partial<Sitting> = {}) => {
  const at = (after: number) => new Date(Date.now() + (hours + after) * HOUR_MS).toISOString();
  return sittingFor({
    id: title,
    title,
    opens_at: at(0),
    entry_closes_at: at(0.5),
    window_ends_at: at(2),
    ...change,
  });
};
const noneAbsent = {
  in_progress: 27,
  paused: 1,
  submitted: 2,
  terminated: 0,
  scheduled: 3,
  ready: 4,
  absent: 0,
};
let counts = noneAbsent;
let toMark: WaitingSitting[] = [];
/** How often the server was asked for counts. */
let counted: number;
const answer = (...items: Sitting[]) =>
  server.use(
    http.get("*/api/v1/exams/sittings", () => HttpResponse.json({ items, next: null })),
    http.get("*/api/v1/exams/to-mark", () => HttpResponse.json({ sittings: toMark })),
    http.get("*/api/v1/exams/sittings/:sitting/attempts", () => {
      counted += 1;
      return HttpResponse.json({
        counts,
        items: [],
        next: null,
        server_time: new Date().toISOString(),
      });
    }),
  );

beforeAll(() => loadTexts("sittings", "staff"));
beforeEach(() => {
  signInAs("officer");
  counts = noneAbsent;
  toMark = [];
  counted = 0;
});

describe("the sittings", () => {
  it("stand as an officer looks for them: what runs, what comes next, what was last", async () => {
    answer(
      opening("Next week", 168, { phase: "upcoming" }),
      opening("Tomorrow", 24, { phase: "upcoming" }),
      opening("Running", -1, { phase: "entry_closed" }),
      opening("Yesterday", -24, { phase: "over" }),
      opening("Called off", 12, { phase: "cancelled", cancelled_at: new Date().toISOString() }),
    );
    const { user } = renderPage(<SittingsPage />);
    const running = within(await screen.findByRole("region", { name: "Running now" }));
    expect(running.getByRole("link", { name: "Watch live: Running" })).toHaveAttribute(
      "href",
      "/officer/sittings/Running/live",
    );
    expect(await running.findByText("28")).toBeVisible();
    expect(running.queryByText("Absent")).toBeNull();
    const titles = (table: string) =>
      within(screen.getByRole("table", { name: table }))
        .getAllByRole("rowheader")
        .map((cell) => within(cell).getByRole("link").textContent);
    expect(titles("Coming")).toEqual(["Tomorrow", "Next week"]);
    expect(titles("Finished")).toEqual(["Called off", "Yesterday"]);
    expect(screen.getByText(/^\d+ sittings$/)).toBeVisible();
    await expectAccessible();
    await user.type(screen.getByRole("searchbox"), "week");
    expect(titles("Coming")).toEqual(["Next week"]);
    expect(screen.getByText("1 sitting")).toBeVisible();
    expect(screen.queryByRole("region", { name: "Running now" })).toBeNull();
  });

  it("say of one that runs who is here, who isn't and who is absent", async () => {
    counts = { ...noneAbsent, absent: 5 };
    answer(opening("Running", -1, { phase: "entry_closed" }));
    renderPage(<SittingsPage />);
    const shown = (label: string) => screen.getByText(label).nextElementSibling?.textContent;
    expect(await screen.findByText("Absent")).toBeVisible();
    expect(["Writing", "Checked in", "Not here yet", "Absent"].map(shown)).toEqual([
      "28",
      "4",
      "3",
      "5",
    ]);
  });

  it("aren't counted for a marker, whom the server would refuse", async () => {
    signInAs("marker");
    answer(opening("Running", -1, { phase: "entry_closed" }));
    renderPage(<SittingsPage />);
    expect(await screen.findByRole("link", { name: "Running" })).toBeVisible();
    expect(screen.queryByText("Writing")).toBeNull();
    expect(counted).toBe(0);
  });

  it("say what to do when there are none", async () => {
    answer();
    renderPage(<SittingsPage />);
    expect(await screen.findByText("No sittings yet")).toBeVisible();
    expect(screen.getAllByRole("link", { name: "Schedule a sitting" })[0]).toHaveAttribute(
      "href",
      "/officer/new",
    );
    await expectAccessible();
  });

  it("tell a marker what waits, and lead there", async () => {
    signInAs("marker");
    answer(opening("Essays", -50, { phase: "over" }));
    toMark = [{ sitting_id: "long ago", title: "Essays of last term", waiting: 7 }];
    renderPage(<SittingsPage />);
    const waiting = within(await screen.findByRole("region", { name: "To be marked" }));
    expect(waiting.getByText("7 responses wait for a marker")).toBeVisible();
    expect(waiting.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual([
      "/officer/sittings/long%20ago/marking",
    ]);
    await expectAccessible();
  });

  it("don't take the sittings that the server names for all that wait", async () => {
    signInAs("marker");
    answer(opening("Essays", -50, { phase: "over" }));
    const named = (count: number) =>
      Array.from({ length: count }, (_, place) => ({
        sitting_id: `s${place}`,
        title: `Essays ${place}`,
        waiting: 1,
      }));
    toMark = named(99);
    const { unmount } = renderPage(<SittingsPage />);
    await screen.findByText("Essays 98");
    expect(screen.queryByText(/responses of others may wait/)).toBeNull();
    unmount();
    toMark = named(100);
    renderPage(<SittingsPage />);
    expect(await screen.findByText(/^At most 100 sittings are shown here/)).toBeVisible();
  });

  it("say so when nobody could be asked what waits", async () => {
    signInAs("marker");
    answer(opening("Essays", -50, { phase: "over" }));
    server.use(http.get("*/api/v1/exams/to-mark", () => new HttpResponse(null, { status: 503 })));
    renderPage(<SittingsPage />);
    const waiting = within(await screen.findByRole("region", { name: "To be marked" }));
    expect(waiting.getByRole("button", { name: "Try again" })).toBeVisible();
  });
});
