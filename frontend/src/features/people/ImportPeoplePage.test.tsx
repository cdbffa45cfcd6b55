import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ImportReport } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { ImportPeoplePage } from "./ImportPeoplePage";

let asked: string[];
const report = (dry_run: boolean): ImportReport => ({
  dry_run,
  created: 1,
  found: 1,
  rows: [
    { line: 2, number: "1001", display_name: "Lin Xiaoyu", created: true, account_id: null },
    { line: 3, number: "1002", display_name: "Wu Min", created: false, account_id: "wu" },
  ],
});

beforeAll(() => loadTexts("people", "people-file", "staff"));
beforeEach(() => {
  signInAs("admin");
  asked = [];
  server.use(
    http.get("*/api/v1/auth/units", () => HttpResponse.json({ items: [] })),
    http.post("*/api/v1/auth/people/import", async ({ request }) => {
      const query = new URL(request.url).searchParams;
      asked.push(`${query} ${await request.text()}`);
      return HttpResponse.json(report(query.get("dry_run") === "true"));
    }),
  );
});

async function check(text: string) {
  const page = renderPage(<ImportPeoplePage />);
  await page.user.upload(
    screen.getByLabelText(/Drop a CSV file here/),
    new File([text], "people.csv", { type: "text/csv" }),
  );
  await page.user.click(await screen.findByRole("button", { name: "Check the file" }));
  return page;
}

describe("importing people", () => {
  it("says of each line what will be done, before it is", async () => {
    const { user } = await check("Student no,Name\n1001,Lin Xiaoyu\n1002,Wu Min\n");
    const table = within(await screen.findByRole("table", { name: "What will be done" }));
    expect(table.getAllByRole("row").map((row) => row.textContent)).toEqual([
      "LineNumberNameWhat",
      "21001Lin XiaoyuNew",
      "31002Wu MinKnown, stays as is",
    ]);
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Import 2 people" }));
    expect(await screen.findByText("1 person is new")).toBeVisible();
    const file = "number,name\n1001,Lin Xiaoyu\n1002,Wu Min\n";
    expect(asked).toEqual([`dry_run=true ${file}`, `dry_run=false ${file}`]);
  });

  it("shows each line that is wrong, and takes in nobody", async () => {
    server.use(
      http.post("*/api/v1/auth/people/import", () =>
        refuse(422, "auth.import_refused", "Nothing was imported.", {
          errors: [
            {
              line: 3,
              field: "number",
              code: "duplicate",
              message: "This number stands on line 2 already.",
            },
            { line: 3, field: "email", code: "invalid", message: "This is no e-mail address." },
          ],
        }),
      ),
    );
    await check("number,name,email\n1001,Lin Xiaoyu,\n1001,Wu Min,wu\n");
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "1 line needs a lookNothing was imported.",
    );
    expect(
      within(screen.getByRole("table", { name: "What is wrong" }))
        .getAllByRole("row")
        .map((row) => row.textContent),
    ).toEqual([
      expect.anything(),
      "3numberThis number stands on line 2 already.1001,Wu Min,wu",
      "3e-mailThis is no e-mail address.1001,Wu Min,wu",
    ]);
    expect(screen.queryByRole("button", { name: /^Import/ })).toBeNull();
    await expectAccessible();
  });
});
