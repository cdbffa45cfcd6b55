import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, expect, it } from "vitest";
import type { ScoreDistribution, SittingStatistics } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { DistributionCard } from "./DistributionCard";
import { StatisticsPage } from "./StatisticsPage";

const sitting = sittingFor();
const distribution: ScoreDistribution = {
  scale: "points",
  scale_max: 50,
  count: 29,
  mean: 33.256,
  sd: 7.1234,
  median: 34,
  lower_quartile: 29,
  upper_quartile: 38.5,
  min: 12,
  max: 49.5,
  below: 0,
  above: 0,
  left_out: 1,
  bins: [
    { from: 10, to: 20, count: 4 },
    { from: 20, to: 30, count: 7 },
    { from: 30, to: 40, count: 18 },
  ],
};
const statistics = (scores: ScoreDistribution | null): SittingStatistics => ({
  sitting: {
    sitting_id: sitting.id,
    title: sitting.title,
    unit: "/",
    opens_at: sitting.opens_at,
    released_at: null,
    cancelled_at: null,
    counts: { started: 30, submitted: 29, handed_in: 25, marked: 29, partly_marked: 0 },
  },
  distribution: scores,
});
const answer = (scores: ScoreDistribution | null) =>
  server.use(
    http.get(`*/api/v1/analytics/sittings/${sitting.id}`, () =>
      HttpResponse.json(statistics(scores)),
    ),
  );

beforeAll(() => loadTexts("statistics", "staff"));
beforeEach(() => {
  signInAs("analyst");
});

it("tells the distribution as a picture with a sentence, as a table, and in numbers with their definitions", async () => {
  answer(distribution);
  const { user } = renderPage(<StatisticsPage sitting={sitting} />);
  expect(
    await screen.findByRole("img", {
      name: /29 scores, mean 33.26, median 34. Most lie from 30 to 40/,
    }),
  ).toBeVisible();
  expect(screen.getByText("In points, of 50 at most.")).toBeVisible();
  expect(screen.getByText("of a sample, n − 1")).toBeVisible();
  expect(screen.getByText("7.12")).toBeVisible();
  expect(
    screen.getByText("1 attempt is left out, because its paper is worth nothing."),
  ).toBeVisible();
  await expectAccessible();
  await user.click(screen.getByText("As a table"));
  const bins = within(screen.getByRole("table", { name: "Distribution of scores" }))
    .getAllByRole("row")
    .map((row) => row.textContent);
  expect(bins).toEqual(["PointsCandidates", "10–204", "20–307", "30–4018"]);
});

it("labels no bin beyond the most that can be scored", async () => {
  answer({
    ...distribution,
    scale_max: 8,
    bins: [
      { from: 7, to: 8, count: 1 },
      { from: 8, to: 9, count: 28 },
    ],
  });
  const { user } = renderPage(<StatisticsPage sitting={sitting} />);
  expect(await screen.findByRole("img", { name: /Most are 8, of 8 at most/ })).toBeVisible();
  await user.click(screen.getByText("As a table"));
  const bins = within(screen.getByRole("table", { name: "Distribution of scores" }))
    .getAllByRole("rowheader")
    .map((row) => row.textContent);
  expect(bins).toEqual(["7–8", "8"]);
});

it("counts attempts before there is a score", async () => {
  answer(null);
  renderPage(<StatisticsPage sitting={sitting} />);
  const counts = within(await screen.findByRole("region", { name: "How far the attempts are" }));
  expect(counts.getByText("25")).toBeVisible();
  expect(screen.getByText("No scores yet")).toBeVisible();
  await expectAccessible();
});

it("is empty, not broken, while facts are still on their way", async () => {
  server.use(
    http.get(`*/api/v1/analytics/sittings/${sitting.id}`, () =>
      refuse(404, "analytics.sitting_not_found", "There is no such sitting."),
    ),
  );
  renderPage(
    <>
      <StatisticsPage sitting={sitting} />
      <DistributionCard sittingId={sitting.id} />
    </>,
  );
  expect(await screen.findByText("No scores yet")).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
});
