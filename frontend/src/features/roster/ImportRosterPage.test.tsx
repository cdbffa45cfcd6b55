import { act, screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RosterReport } from "@/shared/api/types-officer";
import { chooseLanguage, loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { ImportRosterPage } from "./ImportRosterPage";

const good: RosterReport = {
  dry_run: true,
  rows: 2,
  people_created: 1,
  people_found: 1,
  enrolled: 2,
  already_enrolled: 0,
  extra_time_changed: 1,
  rooms_changed: 0,
  errors: [],
  warnings: [],
};

/** A request to import, as the server heard it. */
interface Heard {
  dry: boolean;
  clash: boolean;
  csv: string;
}
let heard: Heard[];

/** Answers imports, each with what `report` makes of it. */
const answer = (report: (asked: Heard) => RosterReport) =>
  server.use(
    http.post("*/api/v1/exams/sittings/:sitting/roster/import", async ({ request }) => {
      const query = new URL(request.url).searchParams;
      const asked = {
        dry: query.get("dry_run") === "true",
        clash: query.get("allow_clash") === "true",
        csv: await request.text(),
      };
      heard.push(asked);
      return HttpResponse.json({ ...report(asked), dry_run: asked.dry });
    }),
  );

beforeAll(() => loadTexts("roster", "people-file", "staff"));
beforeEach(() => {
  signInAs("officer");
  heard = [];
});

afterEach(() => chooseLanguage("en"));

const drop = (text: string) => new File([text], "class.csv", { type: "text/csv" });
async function choose(text: string) {
  const page = renderPage(<ImportRosterPage sitting={sittingFor()} />);
  await page.user.upload(screen.getByLabelText(/Drop a CSV file here/), drop(text));
  return page;
}

describe("importing a roster", () => {
  it("knows columns by Chinese titles, tries the file first, and enrols when the officer says so", async () => {
    answer(() => good);
    const { user } = await choose(
      "学号,姓名,加时%,备注\n1001,林小雨,25,\n1002,吴敏,,left-handed\n",
    );
    expect(await screen.findByLabelText("Column 学号 is taken for")).toHaveDisplayValue("number");
    expect(screen.getByLabelText("Column 加时% is taken for")).toHaveDisplayValue(
      "extra time in %",
    );
    expect(screen.getByLabelText("Column 备注 is taken for")).toHaveDisplayValue("Not used");
    expect(screen.getByText("1 column will not be imported")).toBeVisible();
    expect(screen.getByText(/^备注\. If that is something/)).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Check the file" }));
    expect(await screen.findByText("All 2 rows can be taken.")).toBeVisible();
    const csv = "number,name,extra_percent,unused 4\n1001,林小雨,25,\n1002,吴敏,,left-handed\n";
    expect(heard).toEqual([{ dry: true, clash: false, csv }]);
    await user.click(screen.getByRole("button", { name: "Import 2 candidates" }));
    expect(await screen.findByText("2 candidates are new on the roster")).toBeVisible();
    expect(heard.slice(1)).toEqual([{ dry: false, clash: false, csv }]);
    expect(screen.getByRole("link", { name: "To the roster" })).toBeVisible();
    expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
  });

  it("takes the columns as the page names them, and warns of none", async () => {
    answer(() => good);
    const { user } = await choose(
      "Number,Name,Extra time in %,extra time in minutes,\n1001,Lin,25,10,\n",
    );
    await user.click(await screen.findByRole("button", { name: "Check the file" }));
    expect(await screen.findByText("All 2 rows can be taken.")).toBeVisible();
    expect(heard[0]?.csv).toMatch(/^number,name,extra_percent,extra_minutes,/);
    expect(screen.queryByText(/will not be imported/)).toBeNull();
  });

  it("shows each row that can't be taken with its line, and imports nothing by halves", async () => {
    answer(() => ({
      ...good,
      rows: 1,
      errors: [
        { line: 3, field: "number", code: "missing", message: "The number is missing." },
        {
          line: 4,
          field: "extra_percent",
          code: "out_of_range",
          message: "A whole number from 0 to 300 is needed here.",
          facts: { least: 0, most: 300 },
        },
        { line: 4, field: "email", code: "invalid", message: "This is no e-mail address." },
      ],
      warnings: [
        { line: 2, field: "number", code: "not_expected", message: "Deferred, and stays so." },
        { line: 2, field: "number", code: "clash", message: "Expected elsewhere." },
      ],
    }));
    const { user } = await choose(
      "number,name,extra_percent,email\n1001,Lin,25,\n,Wu,,\n1003,He,900,he@x\n",
    );
    await user.click(await screen.findByRole("button", { name: "Check the file" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "2 rows can't be takenNobody is enrolled until the file is right.",
    );
    expect(screen.getByRole("heading", { name: "What has to be corrected first" })).toBeVisible();
    expect(screen.queryByText("New on the roster")).toBeNull();
    const lines = within(screen.getByRole("table", { name: "2 rows can't be taken" }))
      .getAllByRole("row")
      .slice(1)
      .map((row) =>
        within(row)
          .getAllByRole("cell")
          .map((cell) => cell.textContent),
      );
    expect(lines).toEqual([
      ["3", "number", "This cell must not be empty.", ",Wu,,"],
      ["4", "extra time in %", "A whole number from 0 to 300 is needed here.", "1003,He,900,he@x"],
      ["4", "e-mail", "This is no e-mail address.", "1003,He,900,he@x"],
    ]);
    expect(screen.getByRole("table", { name: "1 row is worth a look" })).toHaveTextContent(
      "This candidate was deferred or withdrawn, and stays so.",
    );
    expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Another file" }));
    expect(screen.queryByRole("alert")).toBeNull();
    expect(heard).toHaveLength(1);
  });

  it("says of an empty file that it can't be taken, and not that a row can't", async () => {
    answer(() => ({
      ...good,
      rows: 0,
      errors: [
        { field: null, line: null, code: "empty", message: "There are no people in this file." },
      ],
    }));
    const { user } = await choose("number,name\n");
    await user.click(await screen.findByRole("button", { name: "Check the file" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(
      /^This file can't be takenThere are no people in this file\.$/,
    );
    expect(screen.queryByRole("table", { name: "This file can't be taken" })).toBeNull();
    await expectAccessible();
  });

  it("doesn't take the problems that the server names for all there are", async () => {
    answer(() => ({
      ...good,
      rows: 0,
      errors: Array.from({ length: 200 }, (_, row) => ({
        line: row + 2,
        field: "number",
        code: "duplicate",
        message: "This number stands on line 1 already.",
        facts: { first_line: 1 },
      })),
    }));
    const { user } = await choose(`number,name\n${"1001,Lin\n".repeat(400)}`);
    await user.click(await screen.findByRole("button", { name: "Check the file" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(/^At least 200 rows can't be taken/);
  });

  it("enrols nobody in two places at once unless the officer allows it; the choice keeps the keyboard", async () => {
    answer(({ clash }) =>
      clash
        ? good
        : {
            ...good,
            errors: [{ line: 2, field: "number", code: "clash", message: "Expected elsewhere." }],
          },
    );
    const { user } = await choose("number,name\n1001,Lin\n1002,Wu\n");
    await user.click(await screen.findByRole("button", { name: "Check the file" }));
    expect(await screen.findByText(/is expected at another sitting/)).toBeVisible();
    expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
    const allow = screen.getByRole("checkbox", { name: /Enrol candidates who are expected/ });
    allow.focus();
    await user.keyboard(" ");
    const enrol = await screen.findByRole("button", { name: "Import 2 candidates" });
    expect(allow).toHaveFocus();
    await user.click(enrol);
    expect(await screen.findByText("2 candidates are new on the roster")).toBeVisible();
    expect(heard.map(({ dry, clash }) => ({ dry, clash }))).toEqual([
      { dry: true, clash: false },
      { dry: true, clash: true },
      { dry: false, clash: true },
    ]);
  });

  it("lists columns as each language does", async () => {
    const { user } = await choose("who,what\n1001,Lin\n");
    expect(await screen.findByText("Say which column is: number and name.")).toBeVisible();
    await act(() => chooseLanguage("zh-CN"));
    expect(await screen.findByText("请指定以下内容在哪一列：学号和姓名。")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "换一个文件" }));
    expect(screen.getByText(/顺序不限：学号、姓名、.*、邮箱和班级。/)).toBeVisible();
  });

  it("asks which column is the number when no title says so, and refuses what is no text", async () => {
    const { user } = await choose("who,name\n1001,Lin\n");
    expect(await screen.findByText("Say which column is: number.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Check the file" })).toBeDisabled();
    await user.selectOptions(screen.getByLabelText("Column who is taken for"), "number");
    expect(screen.getByRole("button", { name: "Check the file" })).toBeEnabled();
    await user.click(screen.getByRole("button", { name: "Another file" }));
    await user.upload(
      screen.getByLabelText(/Drop a CSV file here/),
      new File([new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0])], "class.csv"),
    );
    expect(await screen.findByText(/This isn't a text file/)).toBeVisible();
  });
});
