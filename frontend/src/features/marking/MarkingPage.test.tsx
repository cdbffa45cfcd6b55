import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, expect, it } from "vitest";
import type { MarkingOverview } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { MarkingPage } from "./MarkingPage";

const overview: MarkingOverview = {
  expected: 30,
  absent: 1,
  unfinished: 2,
  unmarked: 0,
  partial: 20,
  marked: 7,
  questions: [
    {
      question_id: "q1",
      type: "essay",
      points_max: 5,
      stem_html: "<p>What happens when two <em>trolleys</em> collide?</p>",
      waiting: 20,
      marked: 7,
    },
    {
      question_id: "q2",
      type: "essay",
      points_max: 2,
      stem_html: "<p>Why?</p>",
      waiting: 0,
      marked: 27,
    },
  ],
};
const answer = (change: Partial<MarkingOverview> = {}) =>
  server.use(
    http.get("*/api/v1/exams/sittings/:sitting/marking", () =>
      HttpResponse.json({ ...overview, ...change }),
    ),
  );

beforeAll(() => loadTexts("markers", "staff"));

it("leads a marker to the questions that wait, and says how far each is", async () => {
  signInAs("marker");
  answer();
  renderPage(<MarkingPage sitting={sittingFor()} />);
  const [first, second] = (await screen.findAllByRole("listitem")).map((item) => within(item));
  expect(first?.getByText("What happens when two trolleys collide?")).toBeVisible();
  expect(first?.getByText("7 / 27")).toBeVisible();
  expect(first?.getByRole("link", { name: /Mark 20/ })).toHaveAttribute(
    "href",
    expect.stringMatching(/\/marking\/q1$/),
  );
  expect(second?.getByRole("link", { name: /Look again/ })).toBeVisible();
  await expectAccessible();
});

it("says that there is nothing for people when machines mark it all", async () => {
  signInAs("marker");
  answer({ questions: [] });
  renderPage(<MarkingPage sitting={sittingFor()} />);
  expect(await screen.findByText("Nothing for people to mark")).toBeVisible();
  await expectAccessible();
});
