import { readFile } from "node:fs/promises";
import { ADMIN, enterAndStart, expect, safety, signIn, test } from "./fixtures";
import { admissionSlips, CHOICE, FILE, publishedExam, sittingOf } from "./seed";

const TITLE = "Programming";

test("a file outlives a lost network and a reload, and reaches who marks it", async ({
  page,
  browser,
  server,
}) => {
  const candidate = await server.person("file-1", "Fay Chen", "candidate");
  const marker = await server.person("mr-file", "Max Marker", "marker");
  const { examId } = await publishedExam(server, TITLE, [FILE, CHOICE]);
  const sittingId = await sittingOf(server, examId, TITLE, [candidate.id]);
  const [slip] = await admissionSlips(server, sittingId, 1);
  await enterAndStart(page, slip?.code ?? "");

  await test.step("the answer is saved, the file waits, and that is said", async () => {
    await page.route("**/files/*", (route) => route.abort());
    await page.locator("input[type=file]").setInputFiles({
      name: "sort.py",
      mimeType: "text/x-python",
      buffer: Buffer.from("print(sorted([3, 1, 2]))\n"),
    });
    await expect(page.getByText("being sent…")).toBeVisible();
    await expect(safety(page, "Sending 1 file…")).toBeVisible();
    await page.getByRole("button", { name: "Next", exact: true }).click();
    await page.getByRole("radio", { name: "velocity" }).check();
    await expect(safety(page, "Sending 1 file…")).toBeVisible();
  });

  await test.step("after a reload it is sent once the network lets it", async () => {
    page.on("dialog", (dialog) => void dialog.accept());
    await page.reload();
    await expect(safety(page, "Sending 1 file…")).toBeVisible();
    await page.unroute("**/files/*");
    await expect(safety(page, "All 2 answers are safe")).toBeVisible({ timeout: 40_000 });
    await page.getByRole("button", { name: "Hand in" }).first().click();
    await page.getByRole("dialog").getByRole("button", { name: "Hand in now" }).click();
    await expect(page.getByRole("heading", { name: "Handed in" })).toBeVisible();
  });

  await test.step("who marks reads it", async () => {
    const admin = await server.as(ADMIN);
    const waiting = async () => {
      const { data } = await admin.GET("/api/v1/exams/sittings/{sitting_id}/marking", {
        params: { path: { sitting_id: sittingId } },
      });
      return data?.questions.map((question) => question.waiting);
    };
    await expect.poll(waiting).toEqual([1]);
    const desk = await browser.newContext();
    const marking = await desk.newPage();
    await signIn(marking, marker);
    await marking.getByRole("link", { name: `Mark: ${TITLE}`, exact: true }).click();
    await marking.getByRole("link", { name: "Mark 1" }).click();
    const download = marking.waitForEvent("download");
    await marking.getByRole("button", { name: "Download" }).click();
    // Its own name might say whose it is: only its kind stays.
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^Response .*\.py$/);
    expect(await readFile(await file.path(), "utf8")).toBe("print(sorted([3, 1, 2]))\n");
    await desk.close();
  });
});

test("a file that the server won't take is named, wherever the candidate is", async ({
  page,
  server,
}) => {
  const candidate = await server.person("file-2", "Gao Ming", "candidate");
  const { examId } = await publishedExam(server, `${TITLE} 2`, [FILE, CHOICE]);
  const sittingId = await sittingOf(server, examId, `${TITLE} 2`, [candidate.id]);
  const [slip] = await admissionSlips(server, sittingId, 1);
  await enterAndStart(page, slip?.code ?? "");
  await page.route("**/files/*", (route) =>
    route.fulfill({
      status: 413,
      contentType: "application/problem+json",
      body: JSON.stringify({ status: 413, code: "exam.file_too_large", detail: "" }),
    }),
  );
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await page.locator("input[type=file]").setInputFiles({
    name: "sort.py",
    mimeType: "text/x-python",
    buffer: Buffer.from("x"),
  });
  await page.getByRole("button", { name: "Next", exact: true }).click();
  const notice = page
    .getByRole("alert")
    .filter({ hasText: "sort.py for question 1 didn't arrive" });
  await expect(notice).toContainText("This file is too large.");
  await expect(safety(page, "1 file didn't arrive — look at it")).toBeVisible();
  await page.getByRole("button", { name: "Hand in" }).first().click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("The server doesn't have sort.py.");
  await dialog.getByRole("button", { name: "Back to the questions" }).click();
  await notice.getByRole("button", { name: "Take it out" }).click();
  await expect(notice).toBeHidden();
  await expect(safety(page, "Nothing to save yet")).toBeVisible();
});
