import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./fixtures";

/** Five questions, as a teacher has them in a file. */
const GOOD = `// Natural sciences, year 9
::Vector::Which of these quantities is a vector? {
  ~mass
  ~temperature
  =velocity
}

::Sound::Sound travels faster in water than in air. {T}

::光合作用::植物进行光合作用时，需要下列哪一项？ {
  =阳光
  ~月光
  ~黑暗
}

::Boiling::At how many degrees Celsius does water boil at sea level? {#100:1}

::Carbon::Which gas do plants take in? {=carbon dioxide =CO2}
`;
/** The same with a pair of braces that isn't closed, in the middle. */
const BROKEN = GOOD.replace("  ~黑暗\n}", "  ~黑暗\n");

async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  await page
    .getByLabel("Drop a GIFT file here, or choose one")
    .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Check the file" }).click();
}

test("an author imports, builds, publishes", async ({ page, server }) => {
  // Nine steps in one: on a machine with two slow cores they take longer than a journey may elsewhere.
  test.setTimeout(180_000);
  const author = await server.person("ms-author", "Ming Author", "author");
  await signIn(page, author);
  const navigation = page.getByRole("navigation", { name: "Main navigation" });

  await test.step("a bank is made", async () => {
    await navigation.getByRole("link", { name: "Question banks" }).click();
    await page.getByRole("button", { name: "New bank" }).first().click();
    const dialog = page.getByRole("dialog", { name: "New bank" });
    await dialog.getByRole("textbox", { name: "Title" }).fill("Natural sciences, year 9");
    await dialog.getByRole("button", { name: "Create" }).click();
    await expect(page.getByRole("heading", { name: "Natural sciences, year 9" })).toBeVisible();
  });

  await test.step("a file with a broken question is looked at: the report names its line", async () => {
    await page.getByRole("link", { name: "Import a file" }).click();
    await chooseFile(page, "year-9.gift.txt", BROKEN);
    const report = page.getByRole("region", { name: "What becomes of each question" }).first();
    const row = report.getByRole("row").filter({ hasText: "Refused" });
    await expect(row).toContainText("光合作用");
    await expect(row).toContainText("The answers begin with { here and don't end with }");
    await expect(row.getByRole("cell").first()).toHaveText("10");
    await page.getByRole("radio", { name: "All or nothing" }).check();
    await expect(page.getByText("1 question is refused: nothing would be imported.")).toBeVisible();
    await expect(page.getByRole("button", { name: /^Import \d/ })).toBeDisabled();
  });

  await test.step("the mended file is imported", async () => {
    await page.getByRole("button", { name: "Take another file" }).click();
    await chooseFile(page, "year-9-mended.gift.txt", GOOD);
    await page.getByRole("button", { name: "Import 5 questions" }).click();
    await expect(page.getByText("5 questions are in the bank")).toBeVisible();
    await page.getByRole("link", { name: "Look at the questions" }).click();
  });

  const questions = page.getByRole("list", { name: "Questions" });
  await test.step("questions are found by words of both languages", async () => {
    const search = page.getByRole("searchbox", { name: "Search these questions" });
    await expect(questions.getByRole("listitem")).toHaveCount(5);
    await search.fill("plants");
    await expect(questions.getByRole("listitem")).toHaveCount(1);
    await expect(questions.getByRole("link", { name: "Carbon" })).toBeVisible();
    await search.fill("阳光");
    await expect(questions.getByRole("link", { name: "光合作用" })).toBeVisible();
    await expect(questions.getByRole("listitem")).toHaveCount(1);
    await search.fill("vector");
    await expect(questions.getByRole("listitem")).toHaveCount(1);
    await questions.getByRole("link", { name: "Vector" }).click();
  });

  await test.step("a question is edited beside how candidates see it", async () => {
    const seen = page.getByRole("region", { name: "As the candidate sees it" });
    await expect(seen.getByRole("radio", { name: "velocity" })).toBeVisible();
    await page.getByRole("textbox", { name: "option A" }).fill("the mass of a train");
    await expect(seen.getByRole("radio", { name: "the mass of a train" })).toBeVisible();
    await seen.getByRole("radio", { name: "velocity" }).check();
    await seen.getByRole("button", { name: "Mark this answer" }).click();
    await expect(seen.getByRole("status")).toContainText("1 of 1 points");

    await page.getByRole("button", { name: "Save as draft" }).click();
    await expect(
      page.getByText("Exams use version 1. This newer version 2 is a draft"),
    ).toBeVisible();
    await page.getByRole("button", { name: "Save, ready for exams" }).click();
    await expect(page.getByText("Saved. The question is ready for exams.")).toBeVisible();
    await expect(page.getByText("This newer version 2 is a draft")).toBeHidden();
  });

  await test.step("an exam is built of a question and a draw", async () => {
    await navigation.getByRole("link", { name: "Exams", exact: true }).click();
    await page.getByRole("button", { name: "New exam" }).first().click();
    const begin = page.getByRole("dialog", { name: "New exam" });
    await begin.getByRole("textbox", { name: "Title" }).fill("Natural sciences, final");
    await begin.getByRole("button", { name: "Create" }).click();

    await page.getByRole("button", { name: "Add questions", exact: true }).click();
    const pick = page.getByRole("dialog", { name: "Add questions" });
    await pick.getByRole("searchbox", { name: "Search questions" }).fill("train");
    await expect(pick.getByRole("listitem")).toHaveCount(1);
    await pick.getByRole("checkbox", { name: "Vector" }).check();
    await pick.getByRole("button", { name: "Add 1 question" }).click();

    await page.getByRole("button", { name: "Random draw" }).click();
    const draw = page.getByRole("dialog", { name: "Random draw" });
    // Whoever shares the server has banks too.
    await draw.getByLabel("Bank", { exact: true }).selectOption("Natural sciences, year 9");
    await draw.getByRole("textbox", { name: "How many" }).fill("9");
    await expect(draw.getByRole("status")).toContainText("too few");
    await draw.getByRole("textbox", { name: "How many" }).fill("2");
    await draw.getByRole("textbox", { name: "Points for each" }).fill("2");
    await draw.getByRole("button", { name: "Add the draw" }).click();
    const sum = page.getByRole("region", { name: "What the exam comes to" });
    await expect(sum.getByRole("definition")).toHaveText(["3", "5"]);
  });

  const check = page.getByRole("region", { name: "Ready to publish?" });
  const publish = page.getByRole("button", { name: "Publish…" });
  await test.step("settings that contradict one another are refused, with the reason", async () => {
    await page.getByRole("tab", { name: "Settings" }).click();
    await page.getByRole("textbox", { name: "Working time" }).fill("60");
    await page.getByRole("checkbox", { name: "The solutions" }).check();
    await page.getByRole("checkbox", { name: "The questions and their answers" }).uncheck();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(
      check.getByRole("button", {
        name: "Solutions can't be shown without the questions that they solve: show responses too.",
      }),
    ).toBeVisible();
    await expect(publish).toBeDisabled();
    await publish.hover();
    await expect(page.getByRole("tooltip")).toContainText("Something stands in the way");

    await page.getByRole("checkbox", { name: "The questions and their answers" }).check();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(check.getByText("Nothing stands in the way.")).toBeVisible();
  });

  await test.step("the exam is looked at as a candidate", async () => {
    await page.getByRole("link", { name: "Preview" }).click();
    await expect(page.getByRole("heading", { name: "As the candidate sees it" })).toBeVisible();
    await expect(page.getByRole("article")).toHaveCount(3);
    const first = page.getByRole("article").filter({ hasText: "Which of these quantities" });
    await first.getByRole("radio", { name: "the mass of a train" }).check();
    await page.getByRole("link", { name: "Natural sciences, final" }).click();
  });

  await test.step("it is published", async () => {
    await publish.click();
    const dialog = page.getByRole("dialog", { name: "Publish “Natural sciences, final”?" });
    await expect(dialog.getByText("3 questions, 5 points, 60 minutes")).toBeVisible();
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(page.getByText("Published as no. 1.")).toBeVisible();
    await page.getByRole("link", { name: "No. 1" }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "Which of these" })).toBeVisible();
  });
});
