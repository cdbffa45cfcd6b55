import { screen, within } from "@testing-library/react";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { VersionDiff, VersionSummary } from "@/shared/api";
import { answer, page } from "@/shared/test/answer";
import { answerSurroundings, authorTexts, bank, question } from "@/shared/test/authoring";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { signInAs } from "@/shared/test/signIn";
import { QuestionHeader } from "./QuestionHeader";
import { VersionsPage } from "./versions/VersionsPage";

beforeAll(authorTexts);
beforeEach(() => {
  signInAs("author");
  answerSurroundings();
});

describe("a question as a whole", () => {
  it("is copied, and the copy opens", async () => {
    const sent = answer(
      "post",
      "/api/v1/questions/{question_id}/duplicate",
      question({ id: "question-2" }),
    );
    const { user, here } = renderPage(<QuestionHeader question={question()} bank={bank()} />);
    await user.click(await screen.findByRole("button", { name: "More actions" }));
    await user.click(await screen.findByRole("menuitem", { name: "Make a copy" }));
    expect(await screen.findByText("This is the copy.")).toBeVisible();
    expect(sent[0]?.body).toEqual({ title: "Copy of Velocity" });
    await expect.poll(here).toBe("/author/questions/question-2");
    await expectAccessible();
  });

  it("is deleted only as a draft that no exam has, and only after a question", async () => {
    const sent = answer("delete", "/api/v1/questions/{question_id}", null);
    const draft = question({ state: "draft", ready_version: null });
    const { user, here, unmount } = renderPage(<QuestionHeader question={draft} bank={bank()} />);
    await user.click(await screen.findByRole("button", { name: "More actions" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    const asked = within(await screen.findByRole("dialog", { name: "Delete this draft?" }));
    expect(sent).toEqual([]);
    await user.click(asked.getByRole("button", { name: "Delete" }));
    expect(await screen.findByText("The draft is deleted.")).toBeVisible();
    expect(sent).toHaveLength(1);
    await expect.poll(here).toBe("/author/banks/bank-1");
    unmount();
    const used = renderPage(<QuestionHeader question={question()} bank={bank()} />);
    await used.user.click(await screen.findByRole("button", { name: "More actions" }));
    expect(await screen.findByRole("menuitem", { name: "Archive" })).toBeVisible();
    expect(screen.queryByRole("menuitem", { name: "Delete" })).toBeNull();
  });

  it("that is archived says so and is taken out again; a refusal is told", async () => {
    answer("post", "/api/v1/questions/{question_id}/unarchive", () =>
      refuse(409, "question.bank_archived", "The bank is archived."),
    );
    const { user } = renderPage(
      <QuestionHeader question={question({ archived_at: "2026-03-02T08:00:00Z" })} bank={bank()} />,
    );
    expect(await screen.findByText(/^This question is archived/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Take out of the archive" }));
    expect(await screen.findByText("The bank is archived.")).toBeVisible();
    await expectAccessible();
  });
});

describe("a question's versions", () => {
  const version = (number: number, change: Partial<VersionSummary> = {}): VersionSummary => ({
    number,
    frozen: false,
    note: "",
    saved_at: "2026-03-02T08:00:00Z",
    saved_by: null,
    state: "ready",
    title: "Velocity",
    version_id: `version-${number}`,
    ...change,
  });
  beforeEach(() => {
    answer(
      "get",
      "/api/v1/questions/{question_id}/versions",
      page(version(4, { note: "Typo" }), version(3, { frozen: true }), version(2), version(1)),
    );
    answer(
      "get",
      "/api/v1/questions/{question_id}/diff",
      ({ query }): VersionDiff => ({
        from: Number(query.get("from")),
        to: Number(query.get("to")),
        changes: [
          { field: "points", kind: "changed", before: 1, after: 2, words: null },
          { field: "key.scheme.fractions.b", kind: "added", before: null, after: 0.5, words: null },
        ],
      }),
    );
  });

  it("say what changed in words, and any two can be compared", async () => {
    const { user } = renderPage(<VersionsPage question={question()} />);
    expect(await screen.findByText("Typo")).toBeVisible();
    expect(screen.getByText("used by exams")).toBeVisible();
    expect(screen.getByRole("heading", { name: "From version 3 to 4" })).toBeVisible();
    expect(await screen.findByText("Key: share for option B")).toBeVisible();
    expect(screen.getByText("50%")).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Version 2" }));
    expect(await screen.findByRole("heading", { name: "From version 1 to 2" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Compare with version 4" }));
    expect(await screen.findByRole("heading", { name: "From version 4 to 2" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Version 1" }));
    expect(await screen.findByText("There is nothing before it to compare with.")).toBeVisible();
  });

  it("come back as the newest one, over the version that was seen; a conflict is told", async () => {
    const sent = answer(
      "post",
      "/api/v1/questions/{question_id}/versions/{number}/restore",
      ({ body }) =>
        (body as { version: number }).version === 4
          ? refuse(409, "question.version_conflict", "Somebody else saved this question.")
          : question({ version: 6 }),
    );
    const drawn = renderPage(<VersionsPage question={question()} />);
    await screen.findByText("Typo");
    const restore = async ({ user }: typeof drawn) => {
      await user.click(screen.getAllByRole("button", { name: "Restore" })[1] as HTMLElement);
      const asked = within(await screen.findByRole("dialog", { name: "Restore version 2?" }));
      await user.click(asked.getByRole("button", { name: "Restore" }));
    };
    await restore(drawn);
    expect(await screen.findByText("Somebody else saved this question.")).toBeVisible();
    drawn.unmount();
    const anew = renderPage(<VersionsPage question={question({ version: 5 })} />);
    await screen.findByText("Typo");
    await anew.user.click(screen.getAllByRole("button", { name: "Restore" })[2] as HTMLElement);
    const asked = within(await screen.findByRole("dialog", { name: "Restore version 2?" }));
    await anew.user.click(asked.getByRole("button", { name: "Restore" }));
    expect(await screen.findByText("Version 2 is back, as version 6.")).toBeVisible();
    expect(sent.map(({ body }) => body)).toEqual([{ version: 4 }, { version: 5 }]);
  });
});
