import { Link } from "@tanstack/react-router";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { QuestionView, VersionDiff } from "@/shared/api";
import { answer } from "@/shared/test/answer";
import {
  answerSurroundings,
  authorTexts,
  bank,
  category,
  preview,
  question,
  stimulus,
} from "@/shared/test/authoring";
import { expectAccessible } from "@/shared/test/axe";
import { withCandidateView } from "@/shared/test/CandidateStandIn";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { signInAs } from "@/shared/test/signIn";
import { draftOf, newDraft } from "./draft";
import { QuestionEditor } from "./QuestionEditor";

beforeAll(authorTexts);
beforeEach(() => {
  signInAs("author");
  answerSurroundings({ categories: [category("category-1", "Mechanics", { questions: 1 })] });
  answer("post", "/api/v1/questions/preview", preview());
});

const created: QuestionView[] = [];
async function draw(stored: QuestionView | null = question()) {
  created.length = 0;
  const drawn = renderPage(
    withCandidateView(
      <>
        <Link to="/author/banks">Question banks</Link>
        <Link to="/" search={{ type: "essay" } as never}>
          Another type
        </Link>
        <QuestionEditor
          bank={bank()}
          start={stored === null ? newDraft("single_choice", null) : draftOf(stored)}
          stored={stored}
          onCreated={(view) => created.push(view)}
        />
      </>,
    ),
  );
  await screen.findByRole("heading", { name: "Question" });
  return drawn;
}
const put = (field: HTMLElement, text: string) =>
  fireEvent.change(field, { target: { value: text } });
const stem = () => screen.getByLabelText("What is asked");
const button = (name: string) => screen.getByRole("button", { name });

const CONFLICT = refuse(409, "question.version_conflict", "Somebody else saved this question.", {
  facts: { version: 6, saved_by: null, saved_at: "2026-03-02T09:30:00Z" },
});
const diff: VersionDiff = {
  from: 4,
  to: 6,
  changes: [
    {
      field: "question.stem.text",
      kind: "changed",
      before: "What is velocity?",
      after: "What is the velocity?",
      words: [
        { kind: "same", text: "What is " },
        { kind: "added", text: "the " },
        { kind: "same", text: "velocity?" },
      ],
    },
  ],
};

describe("the question's page", () => {
  it("shows the question as a candidate sees it, and marks an answer that is tried", async () => {
    const marked = answer("post", "/api/v1/questions/preview/mark", {
      marked: {
        outcome: "wrong",
        parts: [],
        points: 0,
        points_max: 2,
        why: { code: "wrong" },
      },
      feedback: { parts: [], general_html: "<p>Think of direction.</p>", explanation_html: null },
      right_response: { type: "single_choice", choice: "a" },
    });
    const { user } = await draw();
    const seen = within(screen.getByRole("region", { name: "As the candidate sees it" }));
    await user.click(await seen.findByRole("radio", { name: "A scalar" }));
    await user.click(seen.getByRole("button", { name: "Mark this answer" }));
    expect(await seen.findByText("0 of 2 points")).toBeVisible();
    expect(seen.getByText("Think of direction.")).toBeVisible();
    expect(marked[0]?.body).toMatchObject({
      points: 2,
      response: { type: "single_choice", choice: "b" },
      key: { scheme: { fractions: { a: 1 } } },
    });
    await user.click(seen.getByRole("button", { name: "Show the right answer" }));
    expect(seen.getByRole("radio", { name: "A vector" })).toBeChecked();
    await expectAccessible();
  });

  it("says what is missing where it is missing, once it is asked to be ready", async () => {
    const finding = (field: string, code: string) => ({ field, code, message: "" });
    const findings = [
      finding("question.stem.text", "question.text_empty"),
      finding("question.body.options[1].text", "question.text_empty"),
      finding("key.scheme.fractions", "question.no_right_answer"),
    ];
    answer("post", "/api/v1/questions/preview", { ...preview(), findings });
    answer("post", "/api/v1/questions/banks/{bank_id}/questions", () =>
      refuse(422, "question.not_ready", "The question isn't ready.", { errors: findings }),
    );
    const { user } = await draw(null);
    await screen.findByText("What is velocity?");
    expect(screen.queryByText("Write something here.")).toBeNull();
    put(screen.getByLabelText("option A"), "A vector");
    await user.click(button("Save, ready for exams"));
    expect(await screen.findByText("The question isn't saved yet")).toBeVisible();
    expect(stem()).toHaveAccessibleDescription("Write something here.");
    expect(stem()).toHaveFocus();
    expect(screen.getByLabelText("option A")).not.toHaveAccessibleDescription();
    expect(screen.getByLabelText("option B")).toHaveAccessibleDescription("Write something here.");
    const right = within(screen.getByRole("group", { name: "Which one is right?" }));
    expect(right.getByText("Say what is right.")).toBeVisible();
    await expectAccessible();
    // Each entry of the list leads to its place, from the other side of a narrow screen too.
    await user.click(screen.getByRole("radio", { name: "As the candidate sees it" }));
    const list = within(screen.getByRole("region", { name: "Before it can be asked" }));
    await user.click(list.getByRole("button", { name: /^Key: *Say what is right\.$/ }));
    expect(screen.getByRole("radio", { name: "Write" })).toBeChecked();
    expect(right.getByRole("radio", { name: "A vector" })).toHaveFocus();
    expect(created).toEqual([]);
  });

  it("puts a refusal to file it beside the field that it is about, until that is changed", async () => {
    answer("put", "/api/v1/questions/{question_id}", () =>
      refuse(422, "question.category_unknown", "The question can't be filed like this.", {
        errors: [{ field: "category_id", code: "unknown", message: "No such category." }],
      }),
    );
    const { user } = await draw();
    const categories = screen.getByRole("combobox", { name: "Category" });
    await within(categories).findByRole("option", { name: "Mechanics" });
    await user.selectOptions(categories, "Mechanics");
    await user.click(button("Save as draft"));
    await waitFor(() =>
      expect(categories).toHaveAccessibleDescription("This isn't there any more. Choose another."),
    );
    expect(categories).toHaveFocus();
    await user.selectOptions(categories, "No category");
    expect(categories).not.toHaveAccessibleDescription();
  });

  it("when somebody else was faster, keeps what was written and its note, and shows what they changed", async () => {
    const sent = answer("put", "/api/v1/questions/{question_id}", ({ body }) =>
      (body as { version: number }).version === 4
        ? CONFLICT
        : question({ version: 7, title: "Mine" }),
    );
    answer("get", "/api/v1/questions/{question_id}/diff", diff);
    const { user } = await draw();
    put(screen.getByLabelText(/^Title/), "Mine");
    await user.click(button("Add a note"));
    put(screen.getByLabelText("What changed, for your colleagues"), "Clearer");
    await user.click(button("Save, ready for exams"));
    const dialog = within(await screen.findByRole("dialog"));
    expect(
      dialog.getByRole("heading", { name: "Somebody else saved this question" }),
    ).toBeVisible();
    expect((await dialog.findByText("the")).tagName).toBe("INS");
    await expectAccessible();
    await user.click(dialog.getByRole("button", { name: "Back to writing" }));
    expect(screen.getByLabelText(/^Title/)).toHaveValue("Mine");
    expect(screen.getByLabelText("What changed, for your colleagues")).toHaveValue("Clearer");
    expect(screen.getByText("You have unsaved changes.")).toBeVisible();
    await user.click(button("Save, ready for exams"));
    await user.click(await screen.findByRole("button", { name: "Save mine as the next version" }));
    expect(await screen.findByText(/^Saved: version 7/)).toBeVisible();
    expect(sent.at(-1)?.body).toMatchObject({
      version: 6,
      content: { title: "Mine", note: "Clearer" },
    });
  });

  it("takes the others' version when its author says so; if that can't be had, mine stays", async () => {
    answer("put", "/api/v1/questions/{question_id}", CONFLICT);
    answer("get", "/api/v1/questions/{question_id}/diff", () =>
      refuse(404, "question.version_not_found", "The question has no such version."),
    );
    answer("get", "/api/v1/questions/{question_id}", () =>
      refuse(503, "request.busy", "The server is busy."),
    );
    const { user } = await draw();
    put(stem(), "Mine?");
    await user.click(button("Save as draft"));
    expect(await screen.findByText("The question has no such version.")).toBeVisible();
    await user.click(button("Take theirs, drop mine"));
    expect(await screen.findByText("The server is busy.")).toBeVisible();
    expect(stem()).toHaveValue("Mine?");

    answer("get", "/api/v1/questions/{question_id}", question({ version: 6, title: "Theirs" }));
    await user.click(button("Save as draft"));
    await user.click(await screen.findByRole("button", { name: "Take theirs, drop mine" }));
    expect(await screen.findByText(/^Saved: version 6/)).toBeVisible();
    expect(screen.getByLabelText(/^Title/)).toHaveValue("Theirs");
    expect(stem()).toHaveValue("What is velocity?");
  });

  it("keeps what is typed while a save is on its way", async () => {
    let reply: (view: QuestionView) => void = () => undefined;
    const replied = new Promise<QuestionView>((resolve) => {
      reply = resolve;
    });
    answer("post", "/api/v1/questions/banks/{bank_id}/questions", () => replied);
    const sent = answer("put", "/api/v1/questions/{question_id}", question({ version: 2 }));
    const { user } = await draw(null);
    put(stem(), "First");
    await user.click(button("Save as draft"));
    put(stem(), "First and second");
    reply(question({ version: 1, state: "draft" }));
    expect(await screen.findByText("Saved as a draft.")).toBeVisible();
    expect(stem()).toHaveValue("First and second");
    expect(screen.getByText("You have unsaved changes.")).toBeVisible();
    expect(created).toEqual([]);
    await user.click(button("Save as draft"));
    expect(await screen.findByText(/^Saved: version 2/)).toBeVisible();
    expect(sent[0]?.body).toMatchObject({
      version: 1,
      content: { question: { stem: { text: "First and second" } } },
    });
    expect(created).toHaveLength(1);
  });

  it("asks before it is left unsaved, for another page and for another type", async () => {
    const { user, here } = await draw(null);
    put(stem(), "Half a question");
    await user.click(screen.getByRole("link", { name: "Question banks" }));
    expect(await screen.findByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
    await user.click(button("Stay here"));
    expect(here()).toBe("/");
    expect(stem()).toHaveValue("Half a question");
    await user.click(screen.getByRole("link", { name: "Another type" }));
    expect(await screen.findByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
    await user.click(button("Leave without saving"));
    expect(here()).toBe("/?type=essay");
  });

  it("doesn't ask when nothing was changed", async () => {
    const { user, here } = await draw();
    await user.click(screen.getByRole("link", { name: "Question banks" }));
    expect(here()).toBe("/author/banks");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("can be read and not written by those who may not edit it", async () => {
    await draw(question({ can_edit: false }));
    expect(stem()).toBeDisabled();
    expect(screen.queryByRole("button", { name: "Save as draft" })).toBeNull();
  });

  it("shows a shared text above the question once one is chosen, and says so to the server", async () => {
    const { id, bank_id, title, saved_at, version } = stimulus();
    answer("get", "/api/v1/questions/banks/{bank_id}/stimuli", {
      items: [{ id, bank_id, title, saved_at, version, excerpt: "", questions: 0 }],
      next: null,
    });
    answer("get", "/api/v1/questions/stimuli/{stimulus_id}", stimulus());
    const asked = answer("post", "/api/v1/questions/preview", preview());
    const sent = answer("put", "/api/v1/questions/{question_id}", question({ stimulus_id: id }));
    const { user } = await draw();
    const choice = screen.getByLabelText("Shared text");
    await within(choice).findByText("The pendulum");
    await user.selectOptions(choice, id);
    await user.click(button("Save as draft"));
    await screen.findByText("Saved as a draft.");
    expect(sent[0]?.body).toMatchObject({ content: { stimulus_id: "stimulus-1" } });
    await expect
      .poll(() => asked.at(-1)?.body)
      .toMatchObject({ stimulus: { text: "A pendulum swings." } });
  });
});
