import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { useState } from "react";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LateEntry, LiveAttempt, LiveList } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { type TestSocket, useTestSockets } from "@/shared/test/sockets";
import { LivePage } from "./LivePage";
import { attempt, NO_COUNTS } from "./testing";
import type { View } from "./triage";

const now = Date.now();
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const sitting = sittingFor({ opens_at: at(-30), entry_closes_at: at(30), window_ends_at: at(120) });
const path = `*/api/v1/exams/sittings/${sitting.id}`;

const candidate = (number: string, name: string, change: Partial<LiveAttempt>) =>
  attempt({
    attempt_id: `attempt-${number}`,
    candidate_id: `candidate-${number}`,
    candidate_number: number,
    candidate_name: name,
    online: true,
    ...change,
  });
const writing = { state: "in_progress", started_at: at(-30), deadline: at(60) } as const;
const over = { state: "submitted", closed: true, handed_in: true, online: false } as const;

/** An act of help as the server heard it. */
interface Help {
  to: string;
  key: string | null;
  body: unknown;
}
let attempts: LiveAttempt[];
let helps: Help[];
let sockets: () => readonly TestSocket[];
/** How the list and help are answered; what a test doesn't say goes well. */
let listing: "works" | "fails";
/** Since when the whole sitting stands. */
let standing: string | null;
let answerHelp: (help: Help) => Response | null;

beforeAll(() => loadTexts("live", "staff"));
beforeEach(() => {
  signInAs("officer");
  sockets = useTestSockets();
  listing = "works";
  standing = null;
  helps = [];
  answerHelp = () => null;
  attempts = [
    candidate("1001", "Lin Xiaoyu", writing),
    candidate("1002", "Wu Min", { state: "ready" }),
    candidate("1003", "He Yun", { ...over, late_entries: 2 }),
    candidate("1004", "Gao Feng", over),
  ];
  const help = async (to: string, request: Request, reply: object) => {
    const heard = { to, key: request.headers.get("Idempotency-Key"), body: await request.json() };
    helps.push(heard);
    return answerHelp(heard) ?? HttpResponse.json(reply);
  };
  server.use(
    http.get(`${path}/outages`, () => HttpResponse.json({ outages: [] })),
    http.get(`${path}/attempts/:attempt/stalls`, () => HttpResponse.json({ stalls: [] })),
    http.get(`${path}/attempts`, () =>
      listing === "fails"
        ? refuse(503, "server.unavailable", "")
        : HttpResponse.json<LiveList>({
            items: attempts,
            counts: NO_COUNTS,
            next: null,
            rooms: [...new Set(attempts.map(({ room }) => room))].filter((room) => room !== ""),
            paused_at: standing,
            server_time: new Date().toISOString(),
          }),
    ),
    http.post(`${path}/attempts/:attempt/:act`, ({ request, params }) =>
      help(`${params["attempt"]} ${params["act"]}`, request, candidate("1001", "Lin", writing)),
    ),
    http.post(`${path}/incidents`, ({ request }) =>
      help("incident", request, {
        id: "i1",
        room: "Room 12",
        minutes: 7,
        reason: "Fire alarm",
        attempts: 12,
        reported_by: null,
        reported_at: at(0),
      }),
    ),
    http.post(`${path}/pause`, async ({ request }) => {
      standing = at(0);
      return help("all pause", request, sitting);
    }),
    http.post(`${path}/resume`, () => {
      standing = null;
      return HttpResponse.json(sitting);
    }),
    http.post(`${path}/extra-time`, ({ request }) =>
      help("all", request, { changed: 3, reopened: 1, unchanged: 1 }),
    ),
  );
});

function Page() {
  const [view, setView] = useState<View>("all");
  return <LivePage sitting={sitting} view={view} onView={setView} />;
}
async function draw() {
  const page = renderPage(<Page />);
  await screen.findByRole("table");
  return page;
}
const names = () =>
  screen.getAllByRole("rowheader").map((cell) => cell.firstChild?.textContent ?? "");
type User = ReturnType<typeof renderPage>["user"];
async function act(user: User, name: string, what: string) {
  await user.click(screen.getByRole("button", { name: `What can be done for ${name}` }));
  await user.click(await screen.findByRole("menuitem", { name: what }));
  return within(await screen.findByRole("dialog"));
}
async function sayWhy(user: User, why: string) {
  await user.click(screen.getByLabelText("Reason"));
  await user.paste(why);
}

describe("the live list", () => {
  it("puts first who may need help, says how many, and narrows to them at a press", async () => {
    const { user } = await draw();
    expect(names()).toEqual(["Wu Min", "He Yun", "Lin Xiaoyu", "Gao Feng"]);
    expect(screen.getByText("2 candidates may need help.")).toBeInTheDocument();
    expect(screen.getByText("Hasn't started")).toBeVisible();
    expect(screen.getByText("2 late answers")).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: /^May need help/ }));
    expect(names()).toEqual(["Wu Min", "He Yun"]);
    await user.type(screen.getByRole("searchbox", { name: "Name or number" }), "1003");
    expect(names()).toEqual(["He Yun"]);
  });

  it("follows by itself, and says so when it can't", async () => {
    await draw();
    expect(screen.getByText("asks every 5 seconds")).toBeVisible();
    const [socket] = sockets();
    socket?.open();
    expect(socket?.sent).toEqual([
      JSON.stringify({ type: "hello", token: "token", sitting_id: sitting.id }),
    ]);
    expect(socket?.url).not.toContain("token");
    socket?.say({ type: "ready" });
    expect(screen.getByText("follows by itself")).toBeVisible();
    attempts = [candidate("1002", "Wu Min", writing)];
    socket?.say({ type: "sitting", sitting_id: "another one" });
    socket?.say({ type: "sitting", sitting_id: sitting.id });
    expect(await screen.findByText("Nobody seems to need help.")).toBeInTheDocument();
    socket?.drop();
    expect(screen.getByText("asks every 5 seconds")).toBeVisible();
  });

  it("says that it isn't up to date when the server doesn't answer, and keeps what it knows", async () => {
    const { user } = await draw();
    listing = "fails";
    sockets()[0]?.say({ type: "sitting", sitting_id: sitting.id });
    expect(await screen.findByText("This list isn't up to date")).toBeVisible();
    expect(screen.getByText(/Candidates go on writing/)).toBeVisible();
    expect(names()).toHaveLength(4);
    await expectAccessible();
    listing = "works";
    await user.click(screen.getByRole("button", { name: "Ask now" }));
    await screen.findByRole("searchbox");
    await expect.poll(() => screen.queryByText("This list isn't up to date")).toBeNull();
  });
});

describe("extra time", () => {
  it("for one is given once, though the answer was lost and it is asked for again", async () => {
    const { user } = await draw();
    const dialog = await act(user, "Lin Xiaoyu", "Give extra time");
    await user.click(dialog.getByRole("button", { name: "+10 min" }));
    expect(dialog.getByText(/^The end moves from /)).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Give 10 minutes" }));
    expect(dialog.getByLabelText("Reason")).toHaveAccessibleDescription(/Say why/);
    expect(helps).toEqual([]);
    await sayWhy(user, "Computer was replaced");
    await expectAccessible();
    answerHelp = () => HttpResponse.error();
    await user.click(dialog.getByRole("button", { name: "Give 10 minutes" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("The server can't be reached.");
    answerHelp = () => null;
    await user.click(dialog.getByRole("button", { name: "Give 10 minutes" }));
    expect(await screen.findByText("1 candidate has more time.")).toBeVisible();
    const key = helps[0]?.key;
    expect(key).toMatch(/^[0-9a-f-]{36}$/);
    const help = {
      to: "attempt-1001 extra-time",
      key,
      body: { minutes: 10, reason: "Computer was replaced" },
    };
    expect(helps).toEqual([help, help]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("for all says how many got it and whose attempts run again", async () => {
    const { user } = await draw();
    await user.click(screen.getByRole("button", { name: "Extra time for all" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Extra time for everybody" }));
    const minutes = dialog.getByLabelText("Minutes");
    await user.clear(minutes);
    await user.type(minutes, "7x");
    await sayWhy(user, "Fire alarm");
    await user.click(dialog.getByRole("button", { name: /^Give/ }));
    expect(minutes).toHaveAccessibleDescription("This isn't a number.");
    expect(helps).toEqual([]);
    await user.clear(minutes);
    await user.type(minutes, "7");
    await user.click(dialog.getByRole("button", { name: "Give 7 minutes" }));
    expect(
      await screen.findByText("3 candidates have more time; 1 attempts are open again."),
    ).toBeVisible();
    expect(helps).toEqual([
      { to: "all", key: expect.any(String), body: { minutes: 7, reason: "Fire alarm" } },
    ]);
  });

  it("asked for anew after a refusal is a new request", async () => {
    const { user } = await draw();
    answerHelp = () => refuse(409, "exam.sitting_cancelled", "It was called off.");
    const dialog = await act(user, "Lin Xiaoyu", "Give extra time");
    await sayWhy(user, "Late bus");
    await user.click(dialog.getByRole("button", { name: "Give 5 minutes" }));
    await dialog.findByRole("alert");
    answerHelp = () => null;
    await user.click(dialog.getByRole("button", { name: "Give 5 minutes" }));
    await screen.findByText("1 candidate has more time.");
    expect(helps[0]?.key).not.toBe(helps[1]?.key);
  });

  it("for some reaches everybody who can get it, and names who can't", async () => {
    const { user } = await draw();
    for (const name of ["Wu Min", "Gao Feng", "Lin Xiaoyu"])
      await user.click(screen.getByRole("checkbox", { name: `Choose ${name}` }));
    await user.click(screen.getByRole("button", { name: "Extra time for 3" }));
    const dialog = within(
      await screen.findByRole("dialog", { name: "Extra time for 3 candidates" }),
    );
    await sayWhy(user, "Noise in row 3");
    answerHelp = ({ to }) =>
      to.startsWith("attempt-1004")
        ? refuse(409, "exam.attempt_over", "This attempt is over.")
        : null;
    await user.click(dialog.getByRole("button", { name: "Give 5 minutes" }));
    expect(await screen.findByText("2 candidates have more time.")).toBeVisible();
    expect(screen.getByText(/^No time could be given to Gao Feng/)).toBeVisible();
    expect(helps.map(({ to }) => to).toSorted()).toEqual([
      "attempt-1001 extra-time",
      "attempt-1002 extra-time",
      "attempt-1004 extra-time",
    ]);
    expect(new Set(helps.map(({ key }) => key)).size).toBe(3);
  });

  it("for some, cut short by the network, goes on where it stopped", async () => {
    const { user } = await draw();
    for (const name of ["Wu Min", "Lin Xiaoyu"])
      await user.click(screen.getByRole("checkbox", { name: `Choose ${name}` }));
    await user.click(screen.getByRole("button", { name: "Extra time for 2" }));
    const dialog = within(await screen.findByRole("dialog"));
    await sayWhy(user, "Noise in row 3");
    answerHelp = () => (helps.length > 1 ? HttpResponse.error() : null);
    await user.click(dialog.getByRole("button", { name: "Give 5 minutes" }));
    await dialog.findByRole("alert");
    // Whoever stops here doesn't give it to the first one twice: only the other is still chosen.
    await user.click(dialog.getByRole("button", { name: "Cancel" }));
    await user.click(screen.getByRole("button", { name: "Extra time for 1" }));
    expect(await screen.findByRole("dialog", { name: "Extra time for Wu Min" })).toBeVisible();
  });
});

describe("ending an attempt", () => {
  it("says what follows, and is done with a reason only", async () => {
    const { user } = await draw();
    const dialog = await act(user, "Lin Xiaoyu", "End the attempt");
    expect(screen.getByRole("dialog")).toHaveAccessibleDescription(/It can't be undone/);
    await user.click(dialog.getByRole("button", { name: "End the attempt" }));
    expect(helps).toEqual([]);
    await sayWhy(user, "Left the hall");
    await user.click(dialog.getByRole("button", { name: "End the attempt" }));
    expect(await screen.findByText("The attempt of Lin Xiaoyu is ended.")).toBeVisible();
    expect(helps.map(({ to, body }) => ({ to, body }))).toEqual([
      { to: "attempt-1001 terminate", body: { reason: "Left the hall" } },
    ]);
  });
});

describe("another device", () => {
  it("is allowed in two presses to a candidate who waits there, who stands first", async () => {
    attempts = [...attempts, candidate("1005", "Zhao Ling", { ...writing, move_asked_at: at(-1) })];
    const { user } = await draw();
    expect(names()[0]).toBe("Zhao Ling");
    expect(screen.getByText("Wants another device")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Allow …" }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Allow it" }));
    expect(await screen.findByText("Zhao Ling may go on on another device.")).toBeVisible();
    expect(helps.map(({ to, body }) => ({ to, body }))).toEqual([
      { to: "attempt-1005 allow-move", body: {} },
    ]);
  });
});

describe("a change", () => {
  it("is marked until it is on the candidate's screen, and as seen from then on", async () => {
    attempts = [
      candidate("1001", "Lin Xiaoyu", { ...writing, unseen_since: at(-1) }),
      candidate("1002", "Wu Min", { ...writing, change_seen_at: at(-1) }),
    ];
    await draw();
    const row = (name: string) => within(screen.getByRole("row", { name: new RegExp(name) }));
    expect(row("Lin Xiaoyu").getByText("Change not seen yet")).toBeVisible();
    expect(row("Wu Min").getByText("Change seen")).toBeVisible();
  });
});

describe("an incident", () => {
  it("credits the room that is looked at, and says how many got the time", async () => {
    attempts = attempts.map((one) => ({ ...one, room: "Room 12" }));
    const { user } = await draw();
    await user.selectOptions(screen.getByRole("combobox", { name: "Room" }), "Room 12");
    await user.click(await screen.findByRole("button", { name: "Incident" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByRole("combobox", { name: "Where" })).toHaveValue("Room 12");
    await expectAccessible();
    await user.clear(dialog.getByRole("textbox", { name: "Minutes" }));
    await user.type(dialog.getByRole("textbox", { name: "Minutes" }), "7");
    await sayWhy(user, "Fire alarm");
    await user.click(dialog.getByRole("button", { name: "Credit 7 minutes" }));
    expect(await screen.findByText("12 candidates got the time.")).toBeVisible();
    expect(helps.map(({ to, body }) => ({ to, body }))).toEqual([
      { to: "incident", body: { room: "Room 12", minutes: 7, reason: "Fire alarm" } },
    ]);
  });
});

describe("a stopped clock", () => {
  it("is stopped for one candidate with its reason, and shows what is left", async () => {
    attempts = [
      candidate("1001", "Lin Xiaoyu", writing),
      candidate("1006", "Mo Yan", { ...writing, state: "paused", paused_at: at(-15) }),
    ];
    const { user } = await draw();
    expect(screen.getByText("1:15:00")).toBeVisible();
    expect(screen.getByText("stands")).toBeVisible();
    await expectAccessible();
    const dialog = await act(user, "Lin Xiaoyu", "Pause");
    await sayWhy(user, "Unwell");
    await user.click(dialog.getByRole("button", { name: "Stop the clock" }));
    expect(await screen.findByText("The clock of Lin Xiaoyu stands.")).toBeVisible();
    expect(helps.map(({ to, body }) => ({ to, body }))).toEqual([
      { to: "attempt-1001 pause", body: { reason: "Unwell" } },
    ]);
  });

  it("is stopped for everybody, says since when, and goes on at a press", async () => {
    const { user } = await draw();
    await user.click(screen.getByRole("button", { name: "Pause everybody" }));
    const dialog = within(await screen.findByRole("dialog"));
    await sayWhy(user, "Fire alarm");
    await user.click(dialog.getByRole("button", { name: "Stop the clock" }));
    expect(await screen.findByText(/^The whole sitting stands since/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Pause everybody" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Let it go on" }));
    const again = within(await screen.findByRole("dialog"));
    await user.click(again.getByRole("button", { name: "Go on now" }));
    expect(await screen.findByRole("button", { name: "Pause everybody" })).toBeVisible();
    expect(helps.map(({ to, body }) => ({ to, body }))).toEqual([
      { to: "all pause", body: { reason: "Fire alarm" } },
    ]);
  });
});

describe("answers that came late", () => {
  const entry = (seq: number, change: Partial<LateEntry> = {}): LateEntry => ({
    seq,
    lease_no: 1,
    question_id: `q${seq}`,
    number: seq,
    received_at: at(-1),
    reason: "late",
    late_by_seconds: 95,
    admitted_at: null,
    by_file: false,
    written_at: null,
    ...change,
  });
  const admitted: unknown[] = [];
  beforeEach(() => {
    admitted.length = 0;
    server.use(
      http.get(`${path}/attempts/attempt-1003/late-entries`, () =>
        HttpResponse.json({
          entries: [
            entry(1),
            entry(2, { admitted_at: at(0) }),
            entry(3, { reason: "passed_over", late_by_seconds: null }),
          ],
        }),
      ),
      http.post(`${path}/attempts/attempt-1003/late-entries/admit`, async ({ request }) => {
        admitted.push(await request.json());
        return HttpResponse.json({ admitted: 2 });
      }),
    );
  });

  it("count once an officer admits them, who sees how late each was", async () => {
    const { user } = await draw();
    const dialog = await act(user, "He Yun", "Answers kept aside");
    const rows = await dialog.findAllByRole("row");
    expect(rows.map((row) => row.textContent)).toEqual([
      "QuestionCame atLate by, or whyCounts",
      expect.stringMatching(/^1.*1 minute, 35 secondsNo$/),
      expect.stringMatching(/Admitted$/),
      expect.stringMatching(/In time, but went backNo$/),
    ]);
    await expectAccessible();
    await user.click(dialog.getByRole("button", { name: "Admit 2 answers" }));
    expect(admitted).toEqual([]);
    await sayWhy(user, "The network of the hall was down");
    await user.click(dialog.getByRole("button", { name: "Admit 2 answers" }));
    expect(
      await screen.findByText("2 answers count now; the attempt is marked anew."),
    ).toBeVisible();
    expect(admitted).toEqual([{ reason: "The network of the hall was down" }]);
  });

  it("stay as they are when the officer leaves them", async () => {
    const { user } = await draw();
    const dialog = await act(user, "He Yun", "Answers kept aside");
    await dialog.findAllByRole("row");
    await user.click(dialog.getByRole("button", { name: "Cancel" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(admitted).toEqual([]);
  });

  it("are seen by an invigilator, who isn't offered the decision", async () => {
    signInAs("invigilator");
    const { user } = await draw();
    const dialog = await act(user, "He Yun", "Answers kept aside");
    await dialog.findAllByRole("row");
    expect(dialog.getByText("An exam officer decides whether they count.")).toBeVisible();
    expect(dialog.queryByRole("button", { name: /^Admit/ })).toBeNull();
    await expectAccessible();
  });
});
