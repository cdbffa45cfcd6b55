import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ResultList, ResultRow, ScoreSummary } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { takeSavedFiles } from "@/shared/test/savedFiles";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { ResultsPage } from "./ResultsPage";

const sitting = sittingFor({ phase: "over" });
const path = `*/api/v1/exams/sittings/${sitting.id}`;

const row = (number: string, name: string, change: Partial<ResultRow> = {}): ResultRow => ({
  attempt_id: `attempt-${number}`,
  candidate_id: `candidate-${number}`,
  candidate_number: number,
  candidate_name: name,
  roster_status: "expected",
  state: "submitted",
  started_at: "2026-11-24T01:00:00Z",
  ended_at: "2026-11-24T02:20:00Z",
  marking: "marked",
  score: 41.6666667,
  points_max: 50,
  ...change,
});
const nobody = { state: "absent", marking: "none", score: null, ended_at: null } as const;

let summary: ScoreSummary;
let rows: ResultRow[];
/** What was asked of the server, but for lists. */
let heard: { act: string; body: unknown }[];

beforeAll(() => loadTexts("results", "staff"));
beforeEach(() => {
  signInAs("officer");
  heard = [];
  rows = [row("1001", "Lin Xiaoyu"), row("1002", "Wu Min", nobody)];
  summary = {
    expected: 30,
    absent: 1,
    unfinished: 0,
    unmarked: 0,
    partial: 0,
    marked: 29,
    mean: 33.25,
    lowest: 12,
    highest: 49.5,
    released_at: null,
  };
  const change = (act: string, released_at: string | null) =>
    http.post(`${path}/${act}`, async ({ request }) => {
      heard.push({ act, body: await request.json() });
      summary = { ...summary, released_at };
      return HttpResponse.json({ ...sitting, released_at });
    });
  server.use(
    http.get(`${path}/results`, ({ request }) => {
      const search = new URL(request.url).searchParams.get("search") ?? "";
      const items = rows.filter(({ candidate_name }) => candidate_name.includes(search));
      return HttpResponse.json<ResultList>({ items, next: null, summary });
    }),
    http.get("*/api/v1/exams/:exam/publications/:publication", () =>
      HttpResponse.json({
        rules: {
          release: {
            moment: "by_officer",
            parts: { score: true, marks: true, responses: false, solutions: false },
          },
        },
      }),
    ),
    change("release", "2026-11-25T08:00:00Z"),
    change("withdraw-release", null),
  );
});

const draw = async () => {
  const page = renderPage(<ResultsPage sitting={sitting} distribution={null} />);
  await screen.findByRole("table", { name: "Scores" });
  return page;
};

describe("releasing results", () => {
  it("asks first and says what each candidate will see", async () => {
    const { user } = await draw();
    expect(screen.getByText("The results aren't released")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Release the results" }));
    const dialog = await screen.findByRole("dialog", {
      name: "Release the results of “Physics, autumn”?",
    });
    expect(dialog).toHaveAccessibleDescription(/^29 candidates can look at their results at once/);
    await within(dialog).findByText("What each candidate sees");
    const parts = within(dialog)
      .getAllByRole("listitem")
      .map(
        (part) =>
          `${within(part).getByRole("img").getAttribute("aria-label")}: ${part.textContent}`,
      );
    expect(parts).toEqual([
      "Shown: The score",
      "Shown: The mark of each question, and why",
      "Not shown: The questions and what they gave",
      "Not shown: What would have been right",
    ]);
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    expect(heard).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Release the results" }));
    await user.click(
      within(await screen.findByRole("dialog")).getByRole("button", {
        name: "Release the results",
      }),
    );
    expect(await screen.findByText("The results are released.")).toBeVisible();
    expect(heard).toEqual([{ act: "release", body: { force: false } }]);
    expect(await screen.findByText(/^The results were released/)).toBeVisible();
  });

  it("before everything is marked says what is missing, and needs a reason", async () => {
    summary = { ...summary, partial: 4, unfinished: 1, marked: 24 };
    const { user } = await draw();
    expect(screen.getAllByText("4 attempts wait for a marker")[0]).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Release the results" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText("Not everything is marked")).toBeVisible();
    expect(dialog.getByText("1 attempt still runs or can start")).toBeVisible();
    await user.click(dialog.getByRole("button", { name: "Release all the same" }));
    expect(dialog.getByLabelText("Reason")).toHaveAccessibleDescription(/Say why/);
    expect(heard).toEqual([]);
    await user.click(dialog.getByLabelText("Reason"));
    await user.paste("The faculty board meets today");
    await user.click(dialog.getByRole("button", { name: "Release all the same" }));
    expect(await screen.findByText("The results are released.")).toBeVisible();
    expect(heard).toEqual([
      { act: "release", body: { force: true, reason: "The faculty board meets today" } },
    ]);
  });

  it("says so when it can't be known what candidates would see", async () => {
    server.use(
      http.get("*/api/v1/exams/:exam/publications/:publication", () =>
        refuse(503, "server.unavailable", ""),
      ),
    );
    const { user } = await draw();
    await user.click(screen.getByRole("button", { name: "Release the results" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(await dialog.findByRole("alert")).toHaveTextContent("The server is busy.");
    expect(dialog.getByRole("button", { name: "Try again" })).toBeVisible();
  });

  it("can be taken back, with a reason", async () => {
    summary = { ...summary, released_at: "2026-11-25T08:00:00Z" };
    const { user } = await draw();
    await user.click(screen.getByRole("button", { name: "Take back" }));
    const dialog = await screen.findByRole("dialog", { name: "Take the release back?" });
    expect(dialog).toHaveAccessibleDescription(/Who has looked at them already has seen them/);
    await user.click(within(dialog).getByLabelText("Reason"));
    await user.paste("A wrong key in question 4");
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "Take back" }));
    expect(await screen.findByText("The release is taken back.")).toBeVisible();
    expect(heard).toEqual([
      { act: "withdraw-release", body: { reason: "A wrong key in question 4" } },
    ]);
    expect(await screen.findByText("The results aren't released")).toBeVisible();
  });
});

describe("the scores", () => {
  it("stand by candidate, are found by name, and go out as a CSV file", async () => {
    server.use(
      http.get(`${path}/results/export`, () =>
        HttpResponse.text("number,name,score\r\n1001,Lin Xiaoyu,41.6666667\r\n"),
      ),
    );
    const saved = takeSavedFiles();
    const { user } = await draw();
    expect(
      screen
        .getAllByRole("row")
        .slice(1)
        .map((line) => line.textContent),
    ).toEqual(["1001Lin XiaoyuMarked41.67 / 5083%", "1002Wu MinAbsent–"]);
    expect(screen.getByRole("link", { name: "Lin Xiaoyu" })).toBeVisible();
    expect(screen.queryByRole("link", { name: "Wu Min" })).toBeNull();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Export as CSV" }));
    await vi.waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0]?.name).toBe("Results Physics, autumn.csv");
    expect(await saved[0]?.content.text()).toContain("1001,Lin Xiaoyu,41.6666667");
    await user.type(screen.getByRole("searchbox", { name: "Name or number" }), "Zhou");
    expect(await screen.findByText("Nobody found")).toBeVisible();
  });

  it("are read by an analyst, who releases nothing", async () => {
    signInAs("analyst");
    await draw();
    expect(screen.getByText("The results aren't released")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Release the results" })).toBeNull();
  });
});
