import { fireEvent, screen } from "@testing-library/react";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ImportReport, ReportEntry } from "@/shared/api";
import { type Asked, answer } from "@/shared/test/answer";
import { authorTexts, bank } from "@/shared/test/authoring";
import { expectAccessible } from "@/shared/test/axe";
import { giveSendableForms } from "@/shared/test/forms";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { signInAs } from "@/shared/test/signIn";
import { ImportPage } from "./ImportPage";

beforeAll(authorTexts);
beforeEach(async () => {
  signInAs("author");
  await giveSendableForms();
});

const entry = (number: number, title: string, change: Partial<ReportEntry> = {}): ReportEntry => ({
  number,
  line: number * 10,
  title,
  status: "imported",
  question_id: null,
  question_type: "single_choice",
  notes: [],
  ...change,
});
const found: ImportReport = {
  dry_run: true,
  total: 3,
  imported: 2,
  with_warnings: 1,
  refused: 1,
  duplicates: 0,
  held_back: 0,
  categories_created: 0,
  entries_left_out: 0,
  entries: [
    entry(1, "Capital of Peru"),
    entry(2, "Pi", {
      status: "imported_with_warning",
      notes: [{ code: "gift.units", line: 22, message: "GIFT has no units.", field: null }],
    }),
    entry(3, "Broken", {
      status: "refused",
      question_type: null,
      notes: [
        {
          code: "gift.brace_not_closed",
          line: 30,
          message: "The brace isn't closed.",
          field: null,
        },
      ],
    }),
  ],
};
const done: ImportReport = {
  ...found,
  dry_run: false,
  categories_created: 1,
  entries: [entry(1, "Capital of Peru", { question_id: "question-9" }), ...found.entries.slice(1)],
};
const importing = (reply: (asked: Asked) => ImportReport | Response) =>
  answer("post", "/api/v1/questions/banks/{bank_id}/import", reply);
const query = (asked: Asked | undefined) => Object.fromEntries(asked?.query ?? []);
const fileOf = async (asked: Asked | undefined) => {
  const form = asked?.body as FormData | undefined;
  const file = form?.get("file") as File | undefined;
  return { name: file?.name, text: await file?.text() };
};
const GIFT = "::Capital::Which is the capital of Peru? { ~Cusco =Lima }";
const button = (name: string) => screen.getByRole("button", { name });

describe("the import of a GIFT file", () => {
  it("looks first, shows what becomes of each question, and takes in the good ones when told", async () => {
    const asked = importing(({ query: wanted }) =>
      wanted.get("dry_run") === "true" ? found : done,
    );
    const { user } = renderPage(<ImportPage bank={bank()} />);
    expect(await screen.findByRole("button", { name: "Check the file" })).toBeDisabled();
    await user.upload(
      screen.getByLabelText(/^Drop a GIFT file here/),
      new File([GIFT], "capitals.gift.txt", { type: "text/plain" }),
    );
    await user.selectOptions(screen.getByLabelText("Written in"), "GB18030 (Chinese)");
    await user.click(screen.getByRole("radio", { name: "Drafts" }));
    await user.click(button("Check the file"));
    await screen.findByRole("region", { name: "What becomes of each question" });
    expect(query(asked[0])).toEqual({
      format: "gift",
      dry_run: "true",
      encoding: "gb18030",
      weights: "refuse",
      state: "draft",
      all_or_nothing: "false",
    });
    expect(await fileOf(asked[0])).toEqual({ name: "capitals.gift.txt", text: GIFT });
    // What needs a look comes first: the question without notes is one press away.
    expect(screen.queryByText("Capital of Peru")).toBeNull();
    const row = (title: string) => screen.getByText(title).closest("tr");
    expect(row("Broken")).toHaveTextContent("Refused");
    expect(row("Broken")).toHaveTextContent("The brace isn't closed.");
    expect(row("Broken")).toHaveTextContent("30");
    expect(row("Pi")).toHaveTextContent("Line 22");
    await user.click(screen.getByRole("button", { name: /^In the file/ }));
    expect(row("Capital of Peru")).toHaveTextContent("Good");
    await expectAccessible();
    await user.click(button("Import 2 questions"));
    expect(await screen.findByText("2 questions are in the bank")).toBeVisible();
    expect(query(asked[1])).toMatchObject({ dry_run: "false", all_or_nothing: "false" });
    expect(await fileOf(asked[1])).toEqual({ name: "capitals.gift.txt", text: GIFT });
    expect(screen.getByText("1 category was made for them.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: /^In the file/ }));
    expect(screen.getByRole("link", { name: "Capital of Peru" })).toHaveAttribute(
      "href",
      "/author/questions/question-9",
    );
    expect(screen.getByRole("link", { name: "Look at the questions" })).toHaveAttribute(
      "href",
      "/author/banks/bank-1",
    );
    await expectAccessible();
    await user.click(button("Import another file"));
    expect(await screen.findByLabelText(/^Drop a GIFT file here/)).toBeVisible();
  });

  it("imports nothing by halves when that is wanted", async () => {
    const asked = importing(() => found);
    const { user } = renderPage(<ImportPage bank={bank()} />);
    await user.click(await screen.findByRole("radio", { name: "Paste text" }));
    const pasted = screen.getByLabelText("Questions in GIFT");
    fireEvent.change(pasted, { target: { value: GIFT } });
    await user.click(button("Check the file"));
    await user.click(await screen.findByRole("radio", { name: "All or nothing" }));
    expect(screen.getByText(/^1 question is refused: nothing would be imported/)).toBeVisible();
    expect(button("Import 0 questions")).toBeDisabled();
    await expectAccessible();
    // What was found holds for what was looked at: another text is looked at anew.
    fireEvent.change(pasted, { target: { value: `${GIFT}\n` } });
    expect(screen.queryByRole("button", { name: "Import 0 questions" })).toBeNull();

    const whole = { ...found, refused: 0, imported: 3, entries: [] };
    const again = importing(() => whole);
    await user.click(button("Check the file"));
    await user.click(await screen.findByRole("button", { name: "Import 3 questions" }));
    expect(await screen.findByText("3 questions are in the bank")).toBeVisible();
    expect(query(again[1])).toMatchObject({ dry_run: "false", all_or_nothing: "true" });
    expect(asked).toHaveLength(1);
  });

  it("a file that can't be read is refused with the line and the reason", async () => {
    importing(() =>
      refuse(422, "import.unreadable", "The file can't be read.", {
        errors: [{ line: 7, code: "gift.wrong_encoding", message: "This isn't UTF-8." }],
      }),
    );
    const { user } = renderPage(<ImportPage bank={bank()} />);
    await user.upload(
      await screen.findByLabelText(/^Drop a GIFT file here/),
      new File(["\u00ff"], "old.txt", { type: "text/plain" }),
    );
    await user.click(button("Check the file"));
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("The file can't be read");
    expect(alert).toHaveTextContent("Line 7: This isn't UTF-8.");
    expect(screen.getByText("old.txt")).toBeVisible();
    await expectAccessible();
  });

  it("an import that fails keeps the file and the report, to be tried again", async () => {
    const asked = importing(({ query: wanted }) =>
      wanted.get("dry_run") === "true" || asked.length > 2
        ? found
        : refuse(503, "request.busy", "The server is busy."),
    );
    const { user } = renderPage(<ImportPage bank={bank()} />);
    await user.click(await screen.findByRole("radio", { name: "Paste text" }));
    fireEvent.change(screen.getByLabelText("Questions in GIFT"), { target: { value: GIFT } });
    await user.click(button("Check the file"));
    await user.click(await screen.findByRole("button", { name: "Import 2 questions" }));
    expect(await screen.findByText("The server is busy.")).toBeVisible();
    expect(screen.getByLabelText("Questions in GIFT")).toHaveValue(GIFT);
    await user.click(button("Import 2 questions"));
    expect(await screen.findByText("2 questions are in the bank")).toBeVisible();
  });
});
