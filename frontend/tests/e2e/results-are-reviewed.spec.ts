import { readFile } from "node:fs/promises";
import { expect, signIn, test } from "./fixtures";
import { admissionSlips, CHOICE, CHOICES, ESSAY, publishedExam, sit, sittingOf } from "./seed";

const TITLE = "Earth science";

test("results are released and reviewed", async ({ page, browser, server }) => {
  const [marker, officer, mei, tom] = [
    await server.person("ms-marker", "Mara Marker", "marker"),
    await server.person("ms-results", "Olga Officer", "officer"),
    await server.person("2501", "Mei Lin", "candidate"),
    await server.person("2502", "Tom Reed", "candidate"),
  ];
  const { examId } = await publishedExam(server, TITLE, [CHOICE, CHOICES, ESSAY], {
    solutions: true,
  });
  const sittingId = await sittingOf(server, examId, TITLE, [mei.id, tom.id]);
  for (const slip of await admissionSlips(server, sittingId, 2))
    await sit(
      server,
      slip.code,
      slip.candidate_id === mei.id
        ? [
            { type: "single_choice", choice: "a" },
            { type: "multiple_choice", choices: ["a"] },
            { type: "essay", text: "The moon and the sun pull at the sea." },
          ]
        : [
            { type: "single_choice", choice: "b" },
            { type: "multiple_choice", choices: ["c"] },
            { type: "essay", text: "The wind blows." },
          ],
    );

  await test.step("a marker marks the essays by keyboard, without names", async () => {
    const desk = await browser.newContext();
    const screen = await desk.newPage();
    await signIn(screen, marker);
    // Where something waits is on the first page that a marker sees.
    await screen.getByRole("link", { name: `Mark: ${TITLE}` }).click();
    await screen.getByRole("link", { name: "Mark 2" }).click();
    const points = screen.getByRole("textbox", { name: "Points" });
    for (const number of [1, 2]) {
      await expect(screen.getByRole("heading", { name: `Response ${number} of 2` })).toBeVisible();
      await expect(points).toBeFocused();
      const good = await screen.getByText("The moon and the sun pull").isVisible();
      await screen.keyboard.type(good ? "4" : "0.5");
      if (good) {
        for (let stop = 0; stop < 7; stop += 1) await screen.keyboard.press("Tab");
        await expect(screen.getByRole("textbox", { name: "Comment" })).toBeFocused();
        await screen.keyboard.type("Say why the sun pulls less.");
        await screen.keyboard.press("Control+Enter");
      } else await screen.keyboard.press("Enter");
    }
    await expect(screen.getByText("Everything is marked here")).toBeVisible();
    await expect(screen.getByText("Mei Lin")).toBeHidden();
    await desk.close();
  });

  await test.step("an officer releases the results", async () => {
    await signIn(page, officer);
    await page.getByRole("link", { name: TITLE, exact: true }).click();
    await page.getByRole("link", { name: "Results" }).click();
    const scores = page.getByRole("table", { name: "Scores" });
    await expect(scores.getByRole("row", { name: /Mei Lin/ })).toContainText("6 / 8");
    await page.getByRole("button", { name: "Release the results" }).click();
    const dialog = page.getByRole("dialog", { name: `Release the results of “${TITLE}”?` });
    await expect(dialog).toContainText("2 candidates can look at their results at once");
    await dialog.getByRole("button", { name: "Release the results" }).click();
    await expect(page.getByText("The results are released.")).toBeVisible();
  });

  const home = await browser.newContext();
  const candidate = await home.newPage();
  await test.step("a candidate sees the result and reviews the responses, with why", async () => {
    await signIn(candidate, mei);
    const exam = candidate.getByRole("article").filter({ hasText: TITLE });
    await expect(exam).toContainText("6 / 8");
    await exam.getByRole("link", { name: "Result and review" }).click();
    await expect(candidate.getByRole("heading", { name: TITLE, level: 1 })).toBeVisible();
    const question = (number: number) =>
      candidate.getByRole("article").filter({ hasText: `Question ${number}` });
    await expect(question(1)).toContainText("1 / 1");
    await expect(question(1)).toContainText("It has a direction.");
    await expect(question(2)).toContainText("In part");
    await expect(question(2)).toContainText(
      "Right options count for, wrong ones against: 1 of 2 right, 0 wrong.",
    );
    await expect(question(3)).toContainText("The moon and the sun pull at the sea.");
    await expect(question(3)).toContainText("4 / 5");
    await expect(question(3)).toContainText("Say why the sun pulls less.");
  });

  await test.step("the scores are downloaded as CSV", async () => {
    const started = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export as CSV" }).click();
    const download = await started;
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const file = await readFile(await download.path(), "utf8");
    expect(file.split(/\r?\n/).find((line) => line.includes("Mei Lin"))).toMatch(
      /^"2501","Mei Lin",.*,marked,6,8,/,
    );
  });

  await test.step("the release is taken back, and the candidate sees nothing any more", async () => {
    await page.getByRole("button", { name: "Take back" }).click();
    const dialog = page.getByRole("dialog", { name: "Take the release back?" });
    await dialog.getByRole("textbox", { name: "Reason" }).fill("question 2 is looked at again");
    await dialog.getByRole("button", { name: "Take back" }).click();
    await expect(page.getByText("The release is taken back.")).toBeVisible();

    await candidate.reload();
    await expect(
      candidate.getByRole("heading", { name: "The results aren't out yet" }),
    ).toBeVisible();
    await expect(candidate.getByText("The moon and the sun")).toBeHidden();
    await candidate.getByRole("link", { name: "My exams" }).click();
    const exam = candidate.getByRole("article").filter({ hasText: TITLE });
    await expect(exam).toContainText("The results aren't out yet.");
    await expect(exam).not.toContainText("6 / 8");
  });
  await home.close();
});
