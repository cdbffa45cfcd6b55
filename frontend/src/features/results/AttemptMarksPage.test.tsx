import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, expect, it } from "vitest";
import type { AttemptMarks, MarkView, ResultList } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { AttemptMarksPage } from "./AttemptMarksPage";

const mark = (number: number, change: Partial<MarkView>): MarkView => ({
  question_id: `q${number}`,
  number,
  key_version: 2,
  response: { type: "essay", text: "Momentum is conserved." },
  comment: "",
  marked_at: "2026-11-25T08:00:00Z",
  marked_by: null,
  marked: {
    outcome: "correct",
    points: 2,
    points_max: 2,
    parts: [],
    why: { code: "right" },
  },
  question: {
    id: `q${number}`,
    number,
    section: 0,
    points: 2,
    stimulus: null,
    stem_html: `<p>Question number ${number}?</p>`,
    interaction: {
      type: "single_choice",
      options: [
        { id: "a", html: "Mass" },
        { id: "b", html: "Velocity" },
      ],
    },
  },
  ...change,
});
const marks: AttemptMarks = {
  attempt_id: "a1",
  marking: "marked",
  score: 3.5,
  points_max: 4,
  stimuli: [],
  marks: [
    mark(1, {}),
    mark(2, {
      marked_by: "marker",
      comment: "A clear argument.",
      marked: {
        outcome: "partial",
        points: 1.5,
        points_max: 2,
        parts: [],
        why: { code: "by_marker", words: 120, too_long: false, too_short: false },
      },
    }),
  ],
};

beforeAll(() => loadTexts("results", "marking", "staff"));

it("answers an appeal: what was given, the points, why, by whom and with which key", async () => {
  signInAs("officer");
  server.use(
    http.get("*/api/v1/exams/sittings/:sitting/attempts/a1/marks", () => HttpResponse.json(marks)),
    http.get("*/api/v1/exams/sittings/:sitting/results", () =>
      HttpResponse.json<Pick<ResultList, "items" | "next">>({
        next: null,
        items: [
          {
            attempt_id: "a1",
            candidate_id: "c1",
            candidate_name: "Lin Xiaoyu",
            candidate_number: "1001",
            roster_status: "expected",
            state: "submitted",
            started_at: "2026-11-24T01:00:00Z",
            ended_at: "2026-11-24T02:20:00Z",
            marking: "marked",
            score: 3.5,
            points_max: 4,
          },
        ],
      }),
    ),
  );
  renderPage(
    <AttemptMarksPage
      sitting={sittingFor()}
      attemptId="a1"
      drawResponse={({ response }) => <p>{response?.type === "essay" && response.text}</p>}
      namePart={(_, part) => part}
    />,
  );
  expect(await screen.findByRole("heading", { name: "Lin Xiaoyu · 1001" })).toBeVisible();
  const glance = within(screen.getByRole("region", { name: "At a glance" }));
  expect(glance.getByText("3.5 / 4")).toBeVisible();
  // On the clock of the hall.
  expect(glance.getByText(/^Nov 24, 2026, 9:00/)).toBeVisible();
  const [first, second] = screen.getAllByRole("article").map((card) => within(card));
  expect(first?.getByText("Right")).toBeVisible();
  expect(first?.getByText(/^Marked automatically .* by version 2 of the key$/)).toBeVisible();
  expect(second?.getByText("1.5 / 2")).toBeVisible();
  expect(second?.getByText("Momentum is conserved.")).toBeVisible();
  expect(second?.getByText("A clear argument.")).toBeVisible();
  expect(second?.getByText(/^Marked by a person/)).toBeVisible();
  await expectAccessible();
});
