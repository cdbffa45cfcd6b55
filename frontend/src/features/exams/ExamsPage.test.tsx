import { fireEvent, screen, within } from "@testing-library/react";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CandidatePaper, Exam, ExamSummary, PublicationOutline } from "@/shared/api";
import { answer, page } from "@/shared/test/answer";
import {
  answerSurroundings,
  authorTexts,
  exam,
  preview,
  publication,
} from "@/shared/test/authoring";
import { expectAccessible } from "@/shared/test/axe";
import { withCandidateView } from "@/shared/test/CandidateStandIn";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { signInAs } from "@/shared/test/signIn";
import { ExamsPage } from "./ExamsPage";
import { PublicationPage } from "./PublicationPage";
import { PreviewPage } from "./preview/PreviewPage";

beforeAll(authorTexts);
beforeEach(() => {
  signInAs("author");
  answerSurroundings();
});

const listed = (title: string, change: Partial<ExamSummary> = {}): ExamSummary => ({
  id: `exam-${title}`,
  title,
  unit_id: null,
  duration_minutes: 90,
  item_count: 12,
  section_count: 2,
  publication_id: null,
  archived_at: null,
  updated_at: "2026-03-02T08:00:00Z",
  ...change,
});

describe("the exams", () => {
  it("an author without any is led to begin one, and it opens", async () => {
    answer("get", "/api/v1/exams", page());
    const sent = answer("post", "/api/v1/exams", exam({ title: "Final" }));
    const opened: Exam[] = [];
    const { user } = renderPage(<ExamsPage onOpen={(one) => opened.push(one)} />);
    expect(await screen.findByText("No exams yet")).toBeVisible();
    await expectAccessible();
    await user.click(screen.getAllByRole("button", { name: "New exam" })[0] as HTMLElement);
    const dialog = within(await screen.findByRole("dialog"));
    await user.click(dialog.getByRole("button", { name: "Create" }));
    const title = dialog.getByLabelText("Title");
    expect(title).toHaveAccessibleDescription(/Give the exam a title\./);
    expect(sent).toEqual([]);
    fireEvent.change(title, { target: { value: " Final " } });
    await expectAccessible();
    await user.click(dialog.getByRole("button", { name: "Create" }));
    await expect.poll(() => opened.map((one) => one.title)).toEqual(["Final"]);
    expect(sent[0]?.body).toEqual({ title: "Final", unit_id: null });
  });

  it("a search that finds nothing leads back to all; archived ones have a list of their own", async () => {
    answer("get", "/api/v1/exams", ({ query }) =>
      query.get("search") === "chemistry"
        ? page()
        : query.get("archived") === "true"
          ? page(listed("Old", { archived_at: "2026-01-01T00:00:00Z" }))
          : page(listed("Midterm", { publication_id: "publication-1" }), listed("Resit")),
    );
    const { user } = renderPage(<ExamsPage onOpen={() => undefined} />);
    const row = (await screen.findByRole("link", { name: "Midterm" })).closest("tr");
    expect(row).toHaveTextContent("Published");
    expect(screen.getByRole("link", { name: "Resit" }).closest("tr")).toHaveTextContent(
      "Never published",
    );
    await expectAccessible();
    const search = screen.getByRole("searchbox", { name: "Search exams" });
    fireEvent.change(search, { target: { value: "chemistry" } });
    await user.click(await screen.findByRole("button", { name: "Show all exams" }));
    expect(await screen.findByRole("link", { name: "Midterm" })).toBeVisible();
    await user.click(screen.getByRole("radio", { name: "Archived" }));
    expect(await screen.findByRole("link", { name: "Old" })).toBeVisible();
    expect(screen.queryByRole("link", { name: "Midterm" })).toBeNull();
  });

  it("a list that can't be had says so and can be asked for again", async () => {
    answer("get", "/api/v1/exams", () => refuse(503, "request.busy", "The server is busy."));
    const { user } = renderPage(<ExamsPage onOpen={() => undefined} />);
    expect(await screen.findByText("The server is busy.")).toBeVisible();
    answer("get", "/api/v1/exams", page(listed("Midterm")));
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("link", { name: "Midterm" })).toBeVisible();
  });
});

describe("the preview", () => {
  const paper: CandidatePaper = {
    attempt_id: "attempt-1",
    sections: [
      {
        title: "Mechanics",
        instructions_html: "<p>Bring a ruler.</p>",
        navigation: "forward_only",
        question_ids: ["version-1"],
        time_limit_seconds: 1_800,
      },
    ],
    stimuli: [],
    questions: [
      { id: "version-1", number: 1, points: 2, section: 0, stimulus: null, ...preview().candidate },
    ],
  };

  it("is the whole exam as a candidate goes through it, to be answered without consequence", async () => {
    const asked = answer("get", "/api/v1/exams/{exam_id}/preview", paper);
    // The draft has one form since; what was published keeps its two.
    answer("get", "/api/v1/exams/{exam_id}/publications/{publication_id}", {
      form_no: 1,
      forms: [1, 2].map((form_no) => ({ form_no, points_max: 2, question_count: 1 })),
      publication: publication(),
      rules: exam().definition,
      sections: [],
    });
    const { user } = renderPage(
      withCandidateView(<PreviewPage exam={exam({ publication: publication() })} />),
    );
    expect(await screen.findByRole("heading", { name: "Mechanics" })).toBeVisible();
    expect(screen.getByText("Forward only")).toBeVisible();
    expect(screen.getByText("30 minutes")).toBeVisible();
    expect(screen.getByText("Bring a ruler.")).toBeVisible();
    const question = within(screen.getByRole("article"));
    expect(question.getByRole("heading", { name: "Question 1" })).toBeVisible();
    await user.click(question.getByRole("radio", { name: "A vector" }));
    expect(question.getByRole("radio", { name: "A vector" })).toBeChecked();
    await expectAccessible();
    await user.selectOptions(
      await screen.findByRole("combobox", { name: "What to look at" }),
      "Published: form 2",
    );
    await expect.poll(() => asked.at(-1)?.query.get("form_no")).toBe("2");
    expect(await screen.findByRole("heading", { name: "Mechanics" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Draw again" })).toBeNull();
  });

  it("says why a draft can't be shown yet", async () => {
    answer("get", "/api/v1/exams/{exam_id}/preview", () =>
      refuse(422, "exam.not_publishable", "Too few questions can be drawn."),
    );
    renderPage(<PreviewPage exam={exam()} />);
    expect(await screen.findByText("The draft can't be shown yet")).toBeVisible();
    expect(screen.getByText("Too few questions can be drawn.")).toBeVisible();
    await expectAccessible();
  });
});

it("a publication shows the questions of each of its forms", async () => {
  const outline = (form: number): PublicationOutline => ({
    form_no: form,
    forms: [
      { form_no: 1, points_max: 2, question_count: 1 },
      { form_no: 2, points_max: 3, question_count: 1 },
    ],
    publication: publication(),
    rules: exam().definition,
    sections: [
      {
        title: "",
        navigation: "free",
        time_limit_minutes: null,
        questions: [
          {
            id: `version-${form}`,
            number: 1,
            points: form + 1,
            question_id: `question-${form}`,
            stem_html: `<p>Asked in form ${form}</p>`,
            type: "single_choice",
          },
        ],
      },
    ],
  });
  answer("get", "/api/v1/exams/{exam_id}/publications/{publication_id}", ({ query }) =>
    outline(Number(query.get("form_no"))),
  );
  const { user } = renderPage(<PublicationPage exam={exam()} publicationId="publication-1" />);
  expect(await screen.findByRole("heading", { name: "Midterm, no. 1" })).toBeVisible();
  expect(screen.getByText("Asked in form 1")).toBeVisible();
  expect(screen.getByText("1 question, 2 points")).toBeVisible();
  await expectAccessible();
  await user.selectOptions(screen.getByRole("combobox", { name: "Form" }), "Form 2");
  expect(await screen.findByText("Asked in form 2")).toBeVisible();
  expect(screen.getByText("1 question, 3 points")).toBeVisible();
});
