import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Attempt, HeldResponse, SaveEntry } from "@/shared/api";
import { expectAccessible } from "@/shared/test/axe";
import { render } from "@/shared/test/render";
import { server } from "@/shared/test/server";
import { ExamPage } from "./ExamPage";
import { keepTicket } from "./journal/device";
import { NO_PROOF } from "./save-queue/testing";
import { attemptFor, NOTHING_SEALED, paperFor } from "./testing";

const HOUR_MS = 3_600_000;
const in_ = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

let attempts = 0;
let attempt: Attempt;
let saved: SaveEntry[];
let saving: "works" | "fails";
/** How long ago the attempt was started, in milliseconds, when it is. */
let startedFor: number;
let held: HeldResponse[];

/** jsdom has no server to push hints: the channel stays silent. */
class SilentSocket {
  close() {}
  send() {}
}

beforeEach(async () => {
  vi.stubGlobal("WebSocket", SilentSocket);
  vi.spyOn(window, "scrollTo").mockImplementation(() => undefined);
  attempts += 1;
  const id = `attempt-${attempts}`;
  saved = [];
  saving = "works";
  startedFor = 0;
  held = [];
  attempt = attemptFor({
    id,
    state: "ready",
    server_time: in_(0),
    opens_at: in_(-60_000),
    entry_closes_at: in_(HOUR_MS),
    window_ends_at: in_(2 * HOUR_MS),
    started_at: null,
    deadline: null,
    lease_no: 0,
    instructions_html: "<p>No calculators.</p>",
  });
  await keepTicket({
    ticket: "ticket",
    attempt_id: id,
    sitting_id: "s1",
    candidate_name: "Lin Xiaoyu",
    expires_at: in_(HOUR_MS),
  });
  const paper = { ...paperFor({ questions: 2 }, { questions: 1 }), attempt_id: id };
  const change = (facts: Partial<Attempt>) => {
    attempt = { ...attempt, ...facts, version: attempt.version + 1, server_time: in_(0) };
    return attempt;
  };
  const at = (path: string) => `*/api/v1/exams/attempts/${id}${path}`;
  server.use(
    http.get(at(""), () => HttpResponse.json({ ...attempt, server_time: in_(0) })),
    http.post(at("/open"), () =>
      HttpResponse.json({ lease_no: 1, attempt: change({ lease_no: 1 }), sealed: null }),
    ),
    http.post(at("/start"), () =>
      HttpResponse.json({
        attempt: change({
          state: "in_progress",
          started_at: in_(-startedFor),
          deadline: in_(HOUR_MS),
        }),
        unseal: NOTHING_SEALED,
      }),
    ),
    http.get(at("/paper"), () => HttpResponse.json(paper)),
    http.get(at("/responses"), () => HttpResponse.json({ responses: held })),
    http.put(at("/responses"), async ({ request }) => {
      if (saving === "fails") return HttpResponse.error();
      const { entries } = (await request.json()) as { entries: SaveEntry[] };
      saved.push(...entries);
      return HttpResponse.json({
        attempt,
        receipts: entries.map(({ seq, question_id }) => ({
          seq,
          question_id,
          status: "taken",
          received_at: in_(0),
          proof: NO_PROOF,
        })),
      });
    }),
    http.post(at("/submit"), () =>
      HttpResponse.json({ attempt: change({ state: "submitted", submitted_at: in_(0) }) }),
    ),
  );
});

function open(leave = vi.fn()) {
  const links = {
    signIn: <a href="/sign-in">Sign in</a>,
    home: <a href="/">My exams</a>,
    review: <a href="/review">Review</a>,
    leave,
  };
  return render(<ExamPage attemptId={attempt.id} links={links} />);
}

describe("the exam's page", () => {
  it("leads from the lobby to the confirmed hand-in, and every screen on the way is accessible", async () => {
    const leave = vi.fn();
    const { user } = open(leave);
    expect(
      await screen.findByRole("heading", { level: 1, name: "Natural Sciences" }),
    ).toBeVisible();
    expect(screen.getByText("No calculators.")).toBeVisible();
    await expectAccessible();

    await user.click(screen.getByRole("button", { name: "Start the exam" }));
    const first = await screen.findByRole("heading", { level: 1, name: /^Question 1/ });
    await waitFor(() => expect(first).toHaveFocus());
    await expectAccessible();

    await user.click(screen.getByRole("radio", { name: "True" }));
    expect(screen.getAllByText("Saving 1 answer…").length).toBeGreaterThan(0);
    expect(
      (await screen.findAllByText("Your answer is safe", {}, { timeout: 5_000 })).length,
    ).toBeGreaterThan(0);
    expect(saved).toMatchObject([
      { question_id: "q1", response: { type: "true_false", value: true } },
    ]);

    await user.click(screen.getByRole("button", { name: "Flag" }));
    await user.click(screen.getByRole("button", { name: "Next" }));
    const second = screen.getByRole("heading", { level: 1, name: /^Question 2/ });
    await waitFor(() => expect(second).toHaveFocus());
    const list = screen.getByRole("navigation", { name: "Questions" });
    expect(
      within(list).getByRole("button", { name: "Question 1, Answered, Flagged" }),
    ).toBeVisible();
    expect(within(list).getByRole("button", { name: "Question 2, Not answered" })).toHaveAttribute(
      "aria-current",
      "step",
    );

    await user.keyboard("{Alt>}{Shift>}H{/Shift}{/Alt}");
    const dialog = await screen.findByRole("dialog", { name: "Hand in your exam?" });
    expect(dialog).toHaveTextContent("2 of 3 questions aren't answered yet.");
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "Hand in now" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Handed in" })).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Done" }));
    await vi.waitFor(() => expect(leave).toHaveBeenCalled());
  });

  it("says honestly that answers wait while the network is away, and that they are safe once it is back", async () => {
    const { user } = open();
    await user.click(await screen.findByRole("button", { name: "Start the exam" }));
    saving = "fails";
    await user.click(await screen.findByRole("radio", { name: "True" }));
    expect(
      (await screen.findAllByText("1 answer waiting — keep working", {}, { timeout: 5_000 }))
        .length,
    ).toBeGreaterThan(0);
    expect(screen.getByText("No connection to the server")).toBeVisible();
    await expectAccessible();
    saving = "works";
    window.dispatchEvent(new Event("online"));
    expect(
      (await screen.findAllByText("Your answer is safe", {}, { timeout: 8_000 })).length,
    ).toBeGreaterThan(0);
    expect(screen.queryByText("No connection to the server")).toBeNull();
  });

  it("says which answers are held without counting, then and at the end", async () => {
    startedFor = 600_000;
    held = [
      {
        question_id: "q2",
        lease_no: 1,
        seq: 7,
        standing: "passed_over",
        missing_files: [],
        response: { type: "true_false", value: true },
      },
    ];
    const { user } = open();
    await user.click(await screen.findByRole("button", { name: "Start the exam" }));
    expect(await screen.findByText("Your last answer to question 2 doesn't count")).toBeVisible();
    expect(
      within(screen.getByRole("navigation", { name: "Questions" })).getByRole("button", {
        name: "Question 2, Not answered",
      }),
    ).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Hand in" }));
    await user.click(await screen.findByRole("button", { name: "Hand in now" }));
    expect(await screen.findByText("1 answer came after you had gone on")).toBeVisible();
    expect(saved).toEqual([]);
  });

  it("tells the time to who asks for it, by key and by press", async () => {
    const { user } = open();
    await user.click(await screen.findByRole("button", { name: "Start the exam" }));
    await screen.findByRole("radio", { name: "True" });
    await user.keyboard("{Alt>}{Shift>}K{/Shift}{/Alt}");
    expect(await screen.findByRole("dialog", { name: "Keyboard shortcuts" })).toHaveTextContent(
      "Say how much time is left",
    );
    await expectAccessible();
  });

  it("counts down to an exam that isn't open yet, and doesn't let it be started", async () => {
    attempt = { ...attempt, opens_at: in_(90_000), starts_at: in_(90_000) };
    open();
    expect(await screen.findByRole("button", { name: "Start the exam" })).toBeDisabled();
    expect(screen.getByRole("timer")).toHaveTextContent(/^1:[23]\d$/);
    await expectAccessible();
  });

  it("asks who one is when this device has no admission", async () => {
    server.use(
      http.post("*/api/v1/auth/refresh", () =>
        HttpResponse.json({ status: 401, code: "auth.session_ended", detail: "" }, { status: 401 }),
      ),
    );
    render(
      <ExamPage
        attemptId="unknown"
        links={{ signIn: <a href="/sign-in">Sign in</a>, home: null, review: null, leave: vi.fn() }}
      />,
    );
    expect(await screen.findByText("First, who are you?")).toBeVisible();
    expect(screen.getByRole("link", { name: "Sign in" })).toBeVisible();
  });

  it("stays on the page and tries again when the server can't be reached at first", async () => {
    server.use(http.get("*/api/v1/exams/attempts/:id", () => HttpResponse.error(), { once: true }));
    const { user } = open();
    expect(await screen.findByText("The exam can't be opened yet")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("button", { name: "Start the exam" })).toBeVisible();
  });
});
