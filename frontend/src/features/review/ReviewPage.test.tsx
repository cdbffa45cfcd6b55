import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { type Review, ticketApi } from "@/shared/api";
import { expectAccessible } from "@/shared/test/axe";
import { render } from "@/shared/test/render";
import { server } from "@/shared/test/server";
import { ReviewPage } from "./ReviewPage";

const question = (number: number) => ({
  id: `q${number}`,
  number,
  section: 0,
  points: 2,
  stimulus: null,
  stem_html: `<p>Question number ${number}?</p>`,
  interaction: {
    type: "single_choice" as const,
    options: [
      { id: "a", html: "Mass" },
      { id: "b", html: "Velocity" },
    ],
  },
});
const review = {
  attempt: {
    title: "Natural Sciences",
    candidate_name: "Lin Xiaoyu",
    submitted_at: null,
    time_zone: "UTC",
  },
  score: 2.3333333,
  points_max: 6,
  sections: [],
  stimuli: [],
  questions: [
    {
      question: question(1),
      response: { type: "single_choice", choice: "b" },
      points: 2,
      points_max: 2,
      why: "Right.",
      parts: [],
      key: null,
      feedback_html: null,
    },
    {
      question: question(2),
      response: { type: "single_choice", choice: "a" },
      points: 0.3333333,
      points_max: 2,
      why: null,
      parts: [],
      key: { type: "single_choice", choice: "b" },
      feedback_html: "<p>Think of direction.</p>",
    },
    {
      question: question(3),
      response: null,
      points: null,
      points_max: 2,
      why: null,
      parts: [],
      key: null,
      feedback_html: null,
    },
  ],
} as unknown as Review;

const draw = () =>
  render(
    <ReviewPage
      attemptId="a1"
      clientFor={async () => ticketApi("ticket")}
      home={<a href="/">My exams</a>}
    />,
  );

describe("the review", () => {
  it("shows one's own response, its marks and why, and the key only where the server sends it", async () => {
    server.use(http.get("*/api/v1/exams/attempts/a1/review", () => HttpResponse.json(review)));
    draw();
    expect(await screen.findByText("2.33")).toBeVisible();
    const [first, second, third] = screen.getAllByRole("article").map((card) => within(card));
    expect(first?.getByText("Velocity")).toBeVisible();
    expect(first?.getByText("2 / 2")).toBeVisible();
    expect(first?.queryByText("Right answer")).toBeNull();
    expect(second?.getByText("Mass")).toBeVisible();
    expect(second?.getByText("Right answer")).toBeVisible();
    expect(second?.getByText("Think of direction.")).toBeVisible();
    expect(third?.getByText("No answer")).toBeVisible();
    expect(third?.getByText("Not marked yet")).toBeVisible();
    await expectAccessible();
  });

  it("says that the results aren't out yet, without calling it an error", async () => {
    server.use(
      http.get("*/api/v1/exams/attempts/a1/review", () =>
        HttpResponse.json({ status: 409, code: "exam.not_released", detail: "" }, { status: 409 }),
      ),
    );
    draw();
    expect(
      await screen.findByRole("heading", { name: "The results aren't out yet" }),
    ).toBeInTheDocument();
    expect(screen.queryByRole("alert")).toBeNull();
    await expectAccessible();
  });
});
