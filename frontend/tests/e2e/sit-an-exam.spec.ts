import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enter, enterAndStart, expect, root, safety, test } from "./fixtures";

test("a candidate sits an exam", async ({ page, server }) => {
  const sitting = await server.sitting();
  await enter(page, sitting.codes[0] ?? "");
  await expect(page.getByRole("heading", { name: sitting.title })).toBeVisible();
  await page.getByRole("button", { name: "Start the exam" }).click();

  await expect(page.getByRole("heading", { name: "Question 1" })).toBeVisible();
  await page.getByRole("radio", { name: "right", exact: true }).check();
  await expect(safety(page, "Your answer is safe")).toBeVisible();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByRole("radio", { name: "wrong", exact: true }).check();
  await expect(safety(page, "All 2 answers are safe")).toBeVisible();

  await page.getByRole("button", { name: "Hand in" }).click();
  const dialog = page.getByRole("dialog", { name: "Hand in your exam?" });
  await expect(dialog.getByText("1 of 3 questions isn't answered yet.")).toBeVisible();
  await dialog.getByRole("button", { name: "Hand in now" }).click();
  await expect(page.getByRole("heading", { name: "Handed in" })).toBeVisible();
  await expect(page.getByText("The server has confirmed everything")).toBeVisible();

  // What the candidate takes home holds without the server, and changed anywhere it doesn't.
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the receipt" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  const keys = JSON.stringify((await server.client().GET("/api/v1/exams/receipt-keys")).data);
  expect(checkReceipts(file, keys)).toContain("3 receipts, 3 hold");
  expect(checkReceipts(file.replace('"taken"', '"late"'), keys)).toContain("3 receipts, 2 hold");
});

test("a wrong admission code is answered with what to do", async ({ page }) => {
  await enter(page, "ABCD-EFGH-JKLM-NPQR");
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page).toHaveURL(/sign-in/);
});

test("failure 6: the network drops in the middle of the exam and comes back", async ({
  page,
  context,
  server,
}) => {
  const sitting = await server.sitting();
  await enterAndStart(page, sitting.codes[0] ?? "");
  await page.getByRole("radio", { name: "right", exact: true }).check();
  await expect(safety(page, "Your answer is safe")).toBeVisible();

  await context.setOffline(true);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByRole("radio", { name: "right", exact: true }).check();
  await expect(safety(page, "1 answer waiting — keep working")).toBeVisible();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByRole("radio", { name: "right", exact: true }).check();
  await expect(safety(page, "2 answers waiting — keep working")).toBeVisible();

  await context.setOffline(false);
  await expect(safety(page, "All 3 answers are safe")).toBeVisible({ timeout: 30_000 });
});

test("the tab crashes and the candidate resumes where they were", async ({
  page,
  context,
  server,
}) => {
  const sitting = await server.sitting();
  await enterAndStart(page, sitting.codes[0] ?? "");
  await page.getByRole("radio", { name: "right", exact: true }).check();
  await expect(safety(page, "Your answer is safe")).toBeVisible();
  await context.setOffline(true);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByRole("radio", { name: "also wrong", exact: true }).check();
  await expect(safety(page, "1 answer waiting — keep working")).toBeVisible();
  const address = page.url();

  const crashed = page.waitForEvent("crash");
  await page.goto("chrome://crash").catch(() => undefined);
  await crashed;
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(address);
  await expect(safety(again, "All 2 answers are safe")).toBeVisible({ timeout: 30_000 });
  await expect(again.getByText("2 of 3 answered").filter({ visible: true })).toBeVisible();
});

test("the clock runs out while offline: later entries are kept, marked late, and the candidate is told so", async ({
  page,
  context,
  server,
}) => {
  const sitting = await server.sitting();
  await page.clock.install();
  await enterAndStart(page, sitting.codes[0] ?? "");
  await page.getByRole("radio", { name: "right", exact: true }).check();
  await page.clock.runFor(3_000);
  await expect(safety(page, "Your answer is safe")).toBeVisible();

  await context.setOffline(true);
  await server.advance(91 * 60);
  await page.clock.fastForward(91 * 60_000);
  await expect(page.getByText("The time is over, and there is no connection")).toBeVisible();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByRole("radio", { name: "right", exact: true }).check();
  await page.clock.runFor(3_000);
  await expect(safety(page, "1 answer waiting — keep working")).toBeVisible();

  await context.setOffline(false);
  await page.clock.runFor(60_000);
  await expect(page.getByText("1 answer arrived after the end")).toBeVisible();
  await expect(
    page.getByText(
      "What came late is kept and marked so. It counts only if the exam office admits it.",
    ),
  ).toBeVisible();
});

/** What `exam-system receipt verify` says of a receipt file. */
function checkReceipts(file: string, keys: string): string {
  const folder = mkdtempSync(join(tmpdir(), "receipts-"));
  const [receipts, keySet] = [join(folder, "receipts.json"), join(folder, "keys.json")];
  writeFileSync(receipts, file);
  writeFileSync(keySet, keys);
  const checked = spawnSync(
    `${root}/target/debug/exam-system`,
    ["receipt", "verify", receipts, "--keys", keySet],
    { encoding: "utf8" },
  );
  rmSync(folder, { recursive: true });
  return checked.stdout + checked.stderr;
}
