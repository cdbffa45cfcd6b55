import { Link } from "@tanstack/react-router";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Exam, ExamCheck, ExamDefinition, ExamFinding } from "@/shared/api";
import { answer, page } from "@/shared/test/answer";
import {
  answerSurroundings,
  authorTexts,
  category,
  exam,
  publication,
  question,
  summary,
} from "@/shared/test/authoring";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { signInAs } from "@/shared/test/signIn";
import { type BuilderTab, ExamBuilder } from "./ExamBuilder";

const good: ExamCheck = {
  findings: [],
  publishable: true,
  question_count: 1,
  points_max: 2,
  version: 5,
};
const finding = (
  field: string,
  code: string,
  message: string,
  severity: ExamFinding["severity"] = "error",
): ExamFinding => ({ field, code: `exam.${code}`, message, severity });

beforeAll(authorTexts);
beforeEach(() => {
  signInAs("author");
  answerSurroundings({ categories: [category("category-1", "Waves")] });
  answer("get", "/api/v1/questions/{question_id}", ({ params }) =>
    question({ id: params["question_id"] ?? "", title: `Title of ${params["question_id"]}` }),
  );
  answer("get", "/api/v1/questions/banks/{bank_id}", {
    ...{ id: "bank-1", title: "Physics", description: "", unit_path: "/", questions: 2 },
    ...{ version: 1, created_at: "2026-03-02T08:00:00Z", updated_at: "2026-03-02T08:00:00Z" },
  });
  answer("post", "/api/v1/exams/{exam_id}/check", good);
});

function Page({ stored }: { stored: Exam }) {
  const [tab, setTab] = useState<BuilderTab>("paper");
  return (
    <>
      <Link to="/author/banks">Question banks</Link>
      <ExamBuilder exam={stored} tab={tab} onTab={setTab} />
    </>
  );
}
async function draw(stored = exam()) {
  const drawn = renderPage(<Page stored={stored} />);
  await screen.findByText("Title of question-1");
  return drawn;
}
const put = (field: HTMLElement, text: string) =>
  fireEvent.change(field, { target: { value: text } });
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const checks = () => within(screen.getByRole("region", { name: "Ready to publish?" }));
const dialog = async () => within(await screen.findByRole("dialog"));

/** The exam as the server keeps it: with every member, in its own order. */
function kept({ title, definition }: { title: string; definition: ExamDefinition }): Exam {
  return exam({
    title,
    version: 6,
    definition: {
      ...definition,
      sections: definition.sections.map(({ items, ...section }) => ({
        time_limit_minutes: null,
        ...section,
        items: items.map((item) => ({ ...item, points: item.points ?? null })),
      })),
    },
  });
}

describe("the exam builder", () => {
  it("takes questions and draws in, saves exactly them, and can be published at once", async () => {
    answer("get", "/api/v1/questions/search", ({ query }) =>
      query.get("bank_id") === null
        ? page(
            summary("question-1", "Velocity"),
            summary("question-2", "Momentum", { points: 3 }),
            summary("question-3", "Energy"),
          )
        : page(summary("question-2", "Momentum"), summary("question-3", "Energy")),
    );
    const sent = answer("put", "/api/v1/exams/{exam_id}", ({ body }) => kept(body as Exam));
    const { user } = await draw();
    await user.click(button("Add questions"));
    const pick = await dialog();
    expect(await pick.findByRole("checkbox", { name: /^Velocity/ })).toBeDisabled();
    expect(pick.getByText("Stands in the exam already")).toBeVisible();
    await user.click(pick.getByRole("checkbox", { name: /^Momentum/ }));
    await expectAccessible(screen.getByRole("dialog"));
    await user.click(pick.getByRole("button", { name: "Add 1 question" }));

    await user.click(button("Random draw"));
    const draws = await dialog();
    expect(await draws.findByText("Only 2 questions can be drawn: too few.")).toBeVisible();
    put(draws.getByLabelText("How many"), "0");
    expect(draws.getByLabelText("How many")).toHaveAccessibleDescription("1 to 500");
    expect(draws.getByRole("button", { name: "Add the draw" })).toBeDisabled();
    put(draws.getByLabelText("How many"), "2");
    expect(draws.getByText("2 questions can be drawn.")).toBeVisible();
    put(draws.getByLabelText(/^Points for each/), "1.5");
    await draws.findByRole("option", { name: "Waves" });
    await user.selectOptions(draws.getByLabelText("Category"), "Waves");
    await user.click(draws.getByRole("checkbox", { name: "Number" }));
    await user.click(draws.getByRole("button", { name: "Add the draw" }));

    put(screen.getByLabelText("Points for Momentum; empty for its own"), "4");
    const totals = within(screen.getByRole("region", { name: "What the exam comes to" }));
    // Two for the question that was there, four for this one, and two drawn at one and a half.
    expect(totals.getByText("9")).toBeVisible();
    expect(checks().getByText("Save your changes to check them.")).toBeVisible();
    expect(button("Publish…")).toHaveAttribute("aria-disabled", "true");

    await user.click(button("Save"));
    expect(await screen.findByText(/^Saved Mar/)).toBeVisible();
    const section = exam().definition.sections[0];
    expect(sent[0]?.body).toEqual({
      version: 5,
      title: "Midterm",
      definition: {
        ...exam().definition,
        sections: [
          {
            ...section,
            items: [
              { type: "fixed", question_id: "question-1", points: null },
              { type: "fixed", question_id: "question-2", points: 4 },
              {
                type: "draw",
                bank_id: "bank-1",
                category_id: "category-1",
                tags: [],
                types: ["numeric"],
                count: 2,
                points: 1.5,
              },
            ],
          },
        ],
      },
    });
    expect(await checks().findByText("Nothing stands in the way.")).toBeVisible();
    expect(button("Publish…")).not.toHaveAttribute("aria-disabled");
    await expectAccessible();
  });

  it("orders, moves and removes by keyboard and menu", async () => {
    const fixed = (id: string) => ({ type: "fixed" as const, question_id: id, points: null });
    const [section] = exam().definition.sections;
    const stored = exam({
      definition: {
        ...exam().definition,
        sections: [
          {
            ...section,
            title: "One",
            items: ["question-1", "question-2", "question-3"].map(fixed),
          },
          { ...section, title: "Two", items: [] },
        ],
      },
    });
    const sent = answer("put", "/api/v1/exams/{exam_id}", ({ body }) => kept(body as Exam));
    const { user } = await draw(stored);
    (await screen.findByRole("button", { name: /^Move Title of question-3/ })).focus();
    await user.keyboard("{ArrowUp}{ArrowUp}");
    await user.click(button("Actions for Title of question-1"));
    await user.click(await screen.findByRole("menuitem", { name: "Move to: Two" }));
    await user.click(button("Actions for Title of question-2"));
    await user.click(await screen.findByRole("menuitem", { name: "Remove from the exam" }));
    await user.click(button("Actions for Two"));
    await user.click(await screen.findByRole("menuitem", { name: "Move up" }));
    await user.click(button("Save"));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toMatchObject({
      definition: {
        sections: [
          { title: "Two", items: [{ question_id: "question-1" }] },
          { title: "One", items: [{ question_id: "question-3" }] },
        ],
      },
    });
  });

  it("refuses contradictions with reasons, each at its place", async () => {
    answer("post", "/api/v1/exams/{exam_id}/check", {
      ...good,
      publishable: false,
      findings: [
        finding("duration_minutes", "duration_out_of_range", "Working time is 1 to 1440 minutes."),
        finding(
          "sections[0].time_limit_minutes",
          "section_limit_exceeds_duration",
          "The section allows 120 minutes and the whole exam 90.",
        ),
        finding("sections[0].items[0]", "not_ready", "This question isn't ready to be asked."),
        finding("sections[0].title", "section_title_missing", "Give it a title.", "warning"),
      ],
    });
    const { user } = await draw();
    expect(await checks().findAllByRole("listitem")).toHaveLength(4);
    const row = screen
      .getAllByRole("listitem")
      .find((item) => item.contains(button(/^Move Title/)));
    expect(row).toHaveTextContent("This question isn't ready to be asked.");
    await expectAccessible();
    const publish = button("Publish…");
    await user.hover(publish);
    expect(await screen.findByRole("tooltip")).toHaveTextContent("Something stands in the way");
    await user.click(publish);
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.click(checks().getByRole("button", { name: /120 minutes/ }));
    const limit = screen.getByLabelText(/^Time limit in minutes/);
    await waitFor(() => expect(limit).toHaveFocus());
    expect(limit).toBeVisible();
    expect(limit).toHaveAccessibleDescription(
      /The section allows 120 minutes and the whole exam 90\./,
    );
    await user.click(checks().getByRole("button", { name: /Working time/ }));
    const duration = await screen.findByLabelText("Working time");
    await waitFor(() => expect(duration).toHaveFocus());
    expect(duration).toHaveAccessibleDescription(/Working time is 1 to 1440 minutes\./);
    await user.clear(screen.getByLabelText("Title"));
    expect(screen.getByLabelText("Title")).toHaveAccessibleDescription(/Give the exam a title\./);
    expect(button("Save")).toBeDisabled();
  });

  it("says what publishing means, publishes, and shows the result", async () => {
    const published = publication({ id: "publication-2", number: 2 });
    answer("post", "/api/v1/exams/{exam_id}/check", {
      ...good,
      findings: [
        finding("release.parts", "release_shows_nothing", "They will see nothing.", "warning"),
      ],
    });
    const sent = answer("post", "/api/v1/exams/{exam_id}/publish", {
      publication: published,
      forms: 1,
      findings: [],
    });
    answer("get", "/api/v1/exams/{exam_id}", exam({ publication: published }));
    answer("get", "/api/v1/exams/{exam_id}/publications", page(published, publication()));
    const { user } = await draw(exam({ publication: publication() }));
    await waitFor(() => expect(button("Publish…")).not.toHaveAttribute("aria-disabled"));
    await user.click(button("Publish…"));
    const asked = await dialog();
    expect(asked.getByRole("heading", { name: "Publish “Midterm”?" })).toBeVisible();
    expect(asked.getByText("1 question, 2 points, 90 minutes")).toBeVisible();
    expect(asked.getByText(/^New sittings use this publication/)).toBeVisible();
    expect(asked.getByText("They will see nothing.")).toBeVisible();
    await expectAccessible();
    await user.click(asked.getByRole("button", { name: "Publish" }));
    expect(await screen.findByText("Published as no. 2.")).toBeVisible();
    expect(sent[0]?.body).toEqual({ version: 5 });
    const list = within(await screen.findByRole("table"));
    expect(list.getByRole("link", { name: "No. 2" })).toHaveAttribute(
      "href",
      "/author/exams/exam-1/publications/publication-2",
    );
    expect(await screen.findByText("Published: no. 2")).toBeVisible();
    await expectAccessible();
  });

  it("a publication that is refused says why and publishes nothing", async () => {
    answer("post", "/api/v1/exams/{exam_id}/publish", () =>
      refuse(422, "exam.not_publishable", "The exam can't be published as it stands.", {
        errors: [
          {
            field: "sections[0].items[0]",
            code: "exam.question_not_found",
            message: "This question isn't there any more.",
          },
        ],
      }),
    );
    const { user } = await draw();
    await waitFor(() => expect(button("Publish…")).not.toHaveAttribute("aria-disabled"));
    await user.click(button("Publish…"));
    await user.click((await dialog()).getByRole("button", { name: "Publish" }));
    const asked = await dialog();
    expect(await asked.findByText("The exam can't be published as it stands.")).toBeVisible();
    expect(asked.getByText("This question isn't there any more.")).toBeVisible();
    expect(screen.getByText("Never published")).toBeInTheDocument();
  });

  it("when somebody else was faster, keeps what was built and writes it over theirs only when told", async () => {
    const sent = answer("put", "/api/v1/exams/{exam_id}", ({ body }) =>
      (body as { version: number }).version === 5
        ? refuse(409, "exam.version_conflict", "Somebody else changed this meanwhile.")
        : kept(body as Exam),
    );
    answer("get", "/api/v1/exams/{exam_id}", () =>
      refuse(503, "request.busy", "The server is busy."),
    );
    const { user } = await draw();
    put(screen.getByLabelText("Title of the section"), "Mechanics");
    await user.click(button("Save"));
    await user.click((await dialog()).getByRole("button", { name: "Take theirs, drop mine" }));
    expect(await screen.findByText("The server is busy.")).toBeVisible();
    expect(screen.getByLabelText("Title of the section")).toHaveValue("Mechanics");

    answer("get", "/api/v1/exams/{exam_id}", exam({ version: 9 }));
    await user.click(button("Save"));
    const conflict = await dialog();
    expect(conflict.getByRole("heading", { name: "Somebody else saved this exam" })).toBeVisible();
    await expectAccessible();
    await user.click(conflict.getByRole("button", { name: "Save mine over it" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent.at(-1)?.body).toMatchObject({
      version: 9,
      definition: { sections: [{ title: "Mechanics" }] },
    });
  });

  it("asks before it is left unsaved; discarding brings back what is stored", async () => {
    const { user, here } = await draw();
    put(screen.getByLabelText("Title of the section"), "Mechanics");
    await user.click(screen.getByRole("tab", { name: "Settings" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.click(screen.getByRole("link", { name: "Question banks" }));
    await user.click((await dialog()).getByRole("button", { name: "Stay here" }));
    expect(here()).toBe("/");
    await user.click(button("Discard changes"));
    await user.click(screen.getByRole("tab", { name: "Questions" }));
    expect(screen.getByLabelText("Title of the section")).toHaveValue("");
    await user.click(screen.getByRole("link", { name: "Question banks" }));
    expect(here()).toBe("/author/banks");
  });

  it("settings are sent as they were set", async () => {
    const sent = answer("put", "/api/v1/exams/{exam_id}", ({ body }) => kept(body as Exam));
    const { user } = await draw();
    await user.click(screen.getByRole("tab", { name: "Settings" }));
    put(screen.getByLabelText("Title"), "  Final ");
    const forms = screen.getByLabelText("Forms");
    await user.clear(forms);
    await user.type(forms, "3");
    put(screen.getByLabelText("Working time"), "120");
    put(screen.getByLabelText(/^Instructions before the start/), "Bring a ruler.");
    await user.click(screen.getByRole("radio", { name: "As soon as their attempt is marked" }));
    await user.click(screen.getByRole("checkbox", { name: "The solutions" }));
    await expectAccessible();
    await user.click(button("Save"));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toMatchObject({
      title: "Final",
      definition: {
        duration_minutes: 120,
        forms: 3,
        instructions: "Bring a ruler.",
        release: {
          moment: "when_marked",
          parts: { score: true, marks: true, responses: true, solutions: true },
        },
      },
    });
  });

  it("an archived exam can be looked at and taken out again, not changed", async () => {
    const restored = answer("post", "/api/v1/exams/{exam_id}/restore", exam());
    const { user } = await draw(exam({ archived_at: "2026-03-02T08:00:00Z" }));
    expect(screen.getByLabelText("Title of the section")).toBeDisabled();
    expect(screen.queryByRole("button", { name: "Publish…" })).toBeNull();
    await user.click(button("More actions"));
    await user.click(await screen.findByRole("menuitem", { name: "Take out of the archive" }));
    expect(await screen.findByText("The exam is in use again.")).toBeVisible();
    expect(restored).toHaveLength(1);
    expect(screen.getByLabelText("Title of the section")).toBeEnabled();
  });
});
