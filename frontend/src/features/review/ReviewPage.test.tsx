import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { type Outcome, type Review, type ReviewMark, ticketApi, type Why } from "@/shared/api";
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
const mark = (points: number, outcome: Outcome, why: Why): ReviewMark => ({
  points,
  points_max: 2,
  outcome,
  parts: [],
  why,
  comment: "",
  by_person: false,
});
const review: Review = {
  attempt_id: "a1",
  sitting_id: "s1",
  title: "Natural Sciences",
  time_zone: "UTC",
  state: "submitted",
  started_at: null,
  ended_at: null,
  complete: false,
  score: 2.3333333,
  points_max: 6,
  sections: [],
  stimuli: [],
  questions: [
    {
      id: "q1",
      number: 1,
      question: question(1),
      response: { type: "single_choice", choice: "b" },
      mark: mark(2, "correct", { code: "right" }),
    },
    {
      id: "q2",
      number: 2,
      question: question(2),
      response: { type: "single_choice", choice: "a" },
      mark: mark(0.3333333, "partial", { code: "option_worth", fraction: 0.1666667 }),
    },
    {
      id: "q3",
      number: 3,
      question: question(3),
      response: null,
      mark: mark(0, "needs_marking", {
        code: "by_marker",
        words: null,
        too_long: false,
        too_short: false,
      }),
    },
  ],
  solutions: [
    {
      question_id: "q2",
      right: { type: "single_choice", choice: "b" },
      model_answer_html: null,
      feedback: { parts: [], general_html: "<p>Think of direction.</p>", explanation_html: null },
    },
  ],
};

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
    const options = first?.getAllByRole("listitem").map(({ textContent }) => textContent);
    expect(options).toEqual(["Mass", "VelocityYour answer"]);
    expect(first?.getByText("2 / 2")).toBeVisible();
    expect(first?.queryByText("Right answer")).toBeNull();
    const marked = second?.getAllByRole("listitem").map(({ textContent }) => textContent);
    expect(marked).toEqual(["MassYour answer", "VelocityRight answer"]);
    expect(second?.getByText("Think of direction.")).toBeVisible();
    expect(second?.getByText("The chosen option is worth 16.7% of the points.")).toBeVisible();
    expect(third?.getByText("No answer")).toBeVisible();
    expect(third?.getByText("Not marked yet")).toBeVisible();
    await expectAccessible();
  });

  it("shows the text of a cloze with its gaps by number", async () => {
    const gap = (id: string) => ({ id, kind: "text" as const, chars_max: 40, options: [] });
    const cloze = {
      ...question(1),
      stem_html: "",
      interaction: {
        type: "cloze" as const,
        html: '<p>Water <span data-gap="b"></span> at <span data-gap="a"></span> degrees.</p>',
        gaps: [gap("b"), gap("a")],
      },
    };
    server.use(
      http.get("*/api/v1/exams/attempts/a1/review", () =>
        HttpResponse.json({
          ...review,
          questions: [
            {
              id: "q1",
              number: 1,
              question: cloze,
              response: { type: "cloze", gaps: { b: "freezes" } },
              mark: null,
            },
          ],
        }),
      ),
    );
    draw();
    const card = await screen.findByRole("article");
    expect(card).toHaveTextContent("Water Gap 1 at Gap 2 degrees.");
    expect(within(card).getByText("freezes")).toBeVisible();
    expect(within(card).queryByRole("textbox")).toBeNull();
    await expectAccessible();
  });

  it("shows the score alone when the policy says so", async () => {
    const questions = review.questions.map((one) => ({
      ...one,
      question: null,
      response: null,
      mark: null,
    }));
    const { solutions: _none, ...plain } = review;
    server.use(
      http.get("*/api/v1/exams/attempts/a1/review", () =>
        HttpResponse.json({ ...plain, questions }),
      ),
    );
    draw();
    expect(await screen.findByText("For this exam the score alone is shown.")).toBeVisible();
    expect(screen.queryByRole("article")).toBeNull();
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
