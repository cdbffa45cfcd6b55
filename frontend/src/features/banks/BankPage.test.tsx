import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Bank, StimulusView } from "@/shared/api";
import { answer, page } from "@/shared/test/answer";
import {
  answerSurroundings,
  authorTexts,
  bank,
  category,
  preview,
  question,
  stimulus,
  summary,
} from "@/shared/test/authoring";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { signInAs } from "@/shared/test/signIn";
import { BankHeader } from "./BankHeader";
import { BankPage } from "./BankPage";
import { BanksPage } from "./BanksPage";
import type { BankFilter } from "./filter";
import { StimulusPage } from "./stimuli/StimulusPage";

beforeAll(authorTexts);
beforeEach(() => {
  signInAs("author");
  answerSurroundings({
    categories: [
      category("category-1", "Mechanics", { questions: 1 }),
      category("category-2", "Waves"),
    ],
    tags: [{ tag: "hard", questions: 1 }],
  });
});

const put = (field: HTMLElement, text: string) =>
  fireEvent.change(field, { target: { value: text } });
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const dialog = async () => within(await screen.findByRole("dialog"));

describe("the banks", () => {
  it("an author without any is led to make one; a refusal stands at its field, and it opens once made", async () => {
    answer("get", "/api/v1/questions/banks", page());
    const sent = answer("post", "/api/v1/questions/banks", ({ body }) =>
      (body as { title: string }).title === "Physics"
        ? refuse(422, "question.invalid", "The bank can't be made like this.", {
            errors: [{ field: "title", code: "taken", message: "This title is taken." }],
          })
        : bank({ title: "Physics 11" }),
    );
    const opened: Bank[] = [];
    const { user } = renderPage(<BanksPage onOpen={(one) => opened.push(one)} />);
    expect(await screen.findByText("No question banks yet")).toBeVisible();
    await expectAccessible();
    await user.click(screen.getAllByRole("button", { name: "New bank" })[0] as HTMLElement);
    const form = await dialog();
    await user.click(form.getByRole("button", { name: "Create" }));
    const title = form.getByLabelText("Title");
    expect(title).toHaveAccessibleDescription("Give the bank a title.");
    put(title, "Physics");
    await user.click(form.getByRole("button", { name: "Create" }));
    await waitFor(() => expect(title).toHaveAccessibleDescription("This title is taken."));
    await expectAccessible();
    put(title, "Physics 11");
    await user.click(form.getByRole("button", { name: "Create" }));
    await waitFor(() => expect(opened.map((one) => one.title)).toEqual(["Physics 11"]));
    expect(sent.at(-1)?.body).toEqual({ title: "Physics 11", description: "", unit_path: "/" });
  });

  it("details that somebody else changed meanwhile stay in the form and say so", async () => {
    answer("put", "/api/v1/questions/banks/{bank_id}", () =>
      refuse(409, "question.bank_version_conflict", "Somebody else changed this bank."),
    );
    const { user } = renderPage(<BankHeader bank={bank()} />);
    await user.click(await screen.findByRole("button", { name: "More actions" }));
    expect(await screen.findByRole("menuitem", { name: "Delete the bank" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await user.click(screen.getByRole("menuitem", { name: "Bank details" }));
    const form = await dialog();
    put(form.getByLabelText("Title"), "Mine");
    await user.click(form.getByRole("button", { name: "Save" }));
    expect(await form.findByText("Somebody else changed this bank.")).toBeVisible();
    expect(form.getByLabelText("Title")).toHaveValue("Mine");
  });
});

/** The list with its filters, as the page's address keeps them. */
function Questions({ of = bank() }: { of?: Bank }) {
  const [filter, setFilter] = useState<BankFilter>({});
  return <BankPage bank={of} filter={filter} onFilter={setFilter} />;
}

describe("a bank's questions", () => {
  const two = page(
    summary("question-1", "Velocity", { tags: ["easy"] }),
    summary("question-2", "Momentum", { state: "draft", ready_version: null }),
  );

  it("an empty bank leads to import and to writing", async () => {
    answer("get", "/api/v1/questions/search", page());
    renderPage(<Questions of={bank({ questions: 0 })} />);
    expect(await screen.findByText("This bank is empty")).toBeVisible();
    expect(screen.getByRole("link", { name: "Import a file" })).toHaveAttribute(
      "href",
      "/author/banks/bank-1/import",
    );
    expect(screen.getByRole("link", { name: "Write a question" })).toHaveAttribute(
      "href",
      "/author/banks/bank-1/new",
    );
    await expectAccessible();
  });

  it("are narrowed by words, type and tag; what finds nothing leads back", async () => {
    const asked = answer("get", "/api/v1/questions/search", ({ query }) =>
      query.get("q") === null ? two : page(),
    );
    const { user } = renderPage(<Questions />);
    await screen.findByRole("link", { name: "Velocity" });
    await user.selectOptions(screen.getByRole("combobox", { name: "Type" }), "Number");
    await user.selectOptions(await screen.findByRole("combobox", { name: "Tag" }), "hard (1)");
    put(screen.getByRole("searchbox", { name: "Search these questions" }), "quark");
    expect(await screen.findByText("Nothing fits")).toBeVisible();
    expect(asked.at(-1)?.query.getAll("type")).toEqual(["numeric"]);
    expect(asked.at(-1)?.query.getAll("tag")).toEqual(["hard"]);
    expect(asked.at(-1)?.query.get("q")).toBe("quark");
    await user.click(button("Show all questions"));
    expect(await screen.findByRole("link", { name: "Velocity" })).toBeVisible();
    expect(screen.getByRole("searchbox", { name: "Search these questions" })).toHaveValue("");
  });

  it("are filed together; one that is refused stops none of the others and is told", async () => {
    answer("get", "/api/v1/questions/search", two);
    answer("get", "/api/v1/questions/{question_id}", ({ params }) =>
      question({ id: params["question_id"] ?? "", tags: ["easy"] }),
    );
    const sent = answer("put", "/api/v1/questions/{question_id}", ({ params }) =>
      params["question_id"] === "question-1"
        ? question()
        : refuse(409, "question.version_conflict", "Somebody else saved this question."),
    );
    const { user } = renderPage(<Questions />);
    (await screen.findByRole("link", { name: "Velocity" })).focus();
    await user.keyboard("x{ArrowDown}");
    expect(screen.getByRole("link", { name: "Momentum" })).toHaveFocus();
    await user.keyboard("{Shift>}X{/Shift}");
    expect(screen.getByText("2 questions selected")).toBeVisible();
    await expectAccessible();
    await user.click(button("Tag"));
    const tagging = await dialog();
    await user.type(tagging.getByLabelText("Add these tags"), "hard{Enter}");
    await user.type(tagging.getByLabelText("Take these tags off"), "easy{Enter}");
    await user.click(tagging.getByRole("button", { name: "Apply" }));
    expect(await screen.findByText("1 question changed.")).toBeVisible();
    expect(
      screen.getByText("1 question couldn't be changed: Somebody else saved this question."),
    ).toBeVisible();
    const stored = question();
    expect(sent.find(({ params }) => params["question_id"] === "question-1")?.body).toEqual({
      version: 4,
      content: {
        title: stored.title,
        points: stored.points,
        stimulus_id: null,
        state: "ready",
        note: "",
        question: stored.question,
        key: stored.key,
      },
      category_id: null,
      tags: ["hard"],
      idnumber: null,
    });
    await user.click(await screen.findByRole("button", { name: "Move" }));
    const moving = await dialog();
    await user.selectOptions(moving.getByLabelText("To category"), "Waves");
    await user.click(moving.getByRole("button", { name: "Move here" }));
    await waitFor(() => expect(sent).toHaveLength(4));
    expect(sent.at(-1)?.body).toMatchObject({ category_id: "category-2", tags: ["easy"] });
  });

  it("lie in categories that can be made, moved and, when empty, deleted", async () => {
    answer("get", "/api/v1/questions/search", two);
    const made = answer(
      "post",
      "/api/v1/questions/banks/{bank_id}/categories",
      category("category-3", "Optics"),
    );
    const moved = answer("put", "/api/v1/questions/categories/{category_id}", () =>
      refuse(422, "question.category_unknown", "This category lies in the one to be moved."),
    );
    const { user } = renderPage(<Questions />);
    const tree = () =>
      screen.getAllByRole("navigation", { name: "Categories" }).at(-1) as HTMLElement;
    await within(await waitFor(tree)).findByRole("button", { name: /^Waves/ });
    await user.click(within(tree()).getByRole("button", { name: "New category" }));
    let form = await dialog();
    put(form.getByLabelText("Name"), "Optics");
    await user.selectOptions(form.getByLabelText("Lies in"), "Waves");
    await user.click(form.getByRole("button", { name: "Create" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(made[0]?.body).toEqual({ name: "Optics", parent_id: "category-2" });
    await user.click(within(tree()).getByRole("button", { name: "Actions for Mechanics" }));
    expect(await screen.findByRole("menuitem", { name: "Delete" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await user.click(screen.getByRole("menuitem", { name: "Rename or move" }));
    form = await dialog();
    put(form.getByLabelText("Name"), "Dynamics");
    await user.click(form.getByRole("button", { name: "Save" }));
    expect(await form.findByText("This category lies in the one to be moved.")).toBeVisible();
    expect(form.getByLabelText("Name")).toHaveValue("Dynamics");
    expect(moved[0]?.body).toEqual({ name: "Dynamics", parent_id: null });
  });
});

describe("a shared text", () => {
  const draw = (stored: StimulusView | null) =>
    renderPage(
      <StimulusPage
        bank={bank()}
        stored={stored}
        onCreated={() => undefined}
        onDeleted={() => undefined}
      />,
    );
  beforeEach(() => {
    answer("post", "/api/v1/questions/preview", {
      ...preview(),
      stimulus_html: "<p>A pendulum, drawn.</p>",
    });
  });

  it("stays as it was written when somebody else was faster, and while a save is on its way", async () => {
    let reply: (view: StimulusView) => void = () => undefined;
    const replied = new Promise<StimulusView>((resolve) => {
      reply = resolve;
    });
    answer("put", "/api/v1/questions/stimuli/{stimulus_id}", () =>
      refuse(409, "question.stimulus_version_conflict", "Somebody else saved this."),
    );
    const { user } = draw(stimulus());
    expect(await screen.findByText("A pendulum, drawn.")).toBeVisible();
    await expectAccessible();
    put(screen.getByLabelText("Text"), "Mine");
    await user.click(button("Save"));
    expect(await screen.findByText("Somebody else saved this text")).toBeVisible();
    expect(screen.getByLabelText("Text")).toHaveValue("Mine");
    const sent = answer("put", "/api/v1/questions/stimuli/{stimulus_id}", () => replied);
    await user.click(button("Save"));
    put(screen.getByLabelText("Text"), "Mine and more");
    reply(stimulus({ version: 3, text: { format: "markdown", text: "Mine" } }));
    expect(await screen.findByText("Saved.")).toBeVisible();
    expect(screen.getByLabelText("Text")).toHaveValue("Mine and more");
    expect(sent[0]?.body).toEqual({
      version: 2,
      title: "The pendulum",
      text: { format: "markdown", text: "Mine" },
    });
  });

  it("shows its questions in the stored order again when a new order is refused", async () => {
    answer("put", "/api/v1/questions/stimuli/{stimulus_id}/questions", () =>
      refuse(409, "question.stimulus_version_conflict", "Somebody else changed it."),
    );
    const { user } = draw(
      stimulus({ questions: [summary("question-1", "First"), summary("question-2", "Second")] }),
    );
    (await screen.findByRole("button", { name: /^Move Second/ })).focus();
    await user.keyboard("{ArrowUp}");
    expect(await screen.findByText("Somebody else changed it.")).toBeVisible();
    await waitFor(() =>
      expect(
        screen.getAllByRole("link", { name: /First|Second/ }).map((link) => link.textContent),
      ).toEqual(["First", "Second"]),
    );
  });
});
