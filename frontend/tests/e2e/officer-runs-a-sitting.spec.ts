import type { Page } from "@playwright/test";
import { enterAndStart, expect, safety, signIn, test } from "./fixtures";
import { CHOICE, CHOICES, publishedExam } from "./seed";

const ZONE = "Asia/Shanghai";
const MINUTES_AHEAD = 20;
/** How soon an officer sees what happens in the hall, on a busy machine. */
const MOMENTS_MS = 4_000;

/** A moment as a clock in a zone shows it and as a field for date and time takes it. */
function onClock(moment: Date): string {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: ZONE,
    dateStyle: "short",
    timeStyle: "short",
  }).format(moment);
  return parts.replace(" ", "T");
}

async function checkRoster(page: Page, csv: string): Promise<void> {
  await page
    .getByLabel("Drop a CSV file here, or choose one")
    .setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await page.getByRole("button", { name: "Check the file" }).click();
}

test("an officer runs a sitting", async ({ page, browser, server }) => {
  const officer = await server.person("mr-officer", "Olu Officer", "officer");
  await publishedExam(server, "Physics", [CHOICE, CHOICES]);
  await signIn(page, officer);

  await test.step("a sitting of the published exam is scheduled", async () => {
    await page.getByRole("link", { name: "Schedule a sitting" }).first().click();
    await page.getByRole("radio", { name: "Physics" }).check();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("combobox", { name: "Time zone" }).selectOption(ZONE);
    const opens = new Date((await server.now()).getTime() + MINUTES_AHEAD * 60_000);
    await page.getByLabel("Opens", { exact: true }).fill(onClock(opens));
    await page.getByRole("textbox", { name: "Late entry" }).fill("15");
    await page.getByRole("button", { name: "Next" }).click();
    const title = page.getByRole("textbox", { name: "Title" });
    await expect(title).toHaveValue("Physics");
    await title.fill("Physics, hall 3");
    await page.getByRole("button", { name: "Schedule", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Physics, hall 3" })).toBeVisible();
  });

  const pages = page.getByRole("navigation", { name: "Pages of this sitting" });
  await test.step("a roster with a bad row is refused as a whole, and says which", async () => {
    await page.getByRole("link", { name: "Import the roster" }).click();
    await checkRoster(page, "学号,姓名,Extra %\n2401,Ada Bell,\n,Cai Dong,\n2403,Eve Fang,25\n");
    await expect(page.getByRole("alert")).toContainText("1 row can't be taken");
    const row = page.getByRole("table", { name: "1 row can't be taken" }).getByRole("row").nth(1);
    await expect(row.getByRole("cell").first()).toHaveText("3");
    await expect(row).toContainText("number");
    await expect(row).toContainText(",Cai Dong,");
    await expect(page.getByRole("button", { name: /^Import \d/ })).toBeHidden();
    await pages.getByRole("link", { name: "Roster" }).click();
    await expect(page.getByText("Nobody is on the roster")).toBeVisible();
  });

  const roster = page.getByRole("table", { name: "Roster" });
  await test.step("the mended roster is imported", async () => {
    await page.getByRole("link", { name: "Import" }).click();
    await checkRoster(
      page,
      "学号,姓名,Extra %\n2401,Ada Bell,\n2402,Cai Dong,\n2403,Eve Fang,25\n",
    );
    await expect(page.getByText("All 3 rows can be taken.")).toBeVisible();
    await page.getByRole("button", { name: "Import 3 candidates" }).click();
    await expect(page.getByText("3 candidates are new on the roster")).toBeVisible();
    await page.getByRole("link", { name: "To the roster" }).click();
    await expect(roster.getByRole("row")).toHaveCount(4);
    await expect(roster.getByRole("row", { name: /Eve Fang/ })).toContainText("25 %");
  });

  await test.step("a candidate gets extra time by accommodation", async () => {
    const cai = roster.getByRole("row", { name: /Cai Dong/ });
    await cai.getByRole("button", { name: "What can be done for Cai Dong" }).click();
    await page.getByRole("menuitem", { name: "Extra time by accommodation" }).click();
    const dialog = page.getByRole("dialog", { name: "Extra time for Cai Dong" });
    await dialog.getByRole("textbox", { name: "In minutes" }).fill("15");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(cai).toContainText("15 min");
  });

  let code = "";
  await test.step("admission codes are printed", async () => {
    await page.getByRole("link", { name: "Admission codes" }).click();
    await page.getByRole("button", { name: "Make codes" }).click();
    await expect(page.getByText("3 codes, shown this once")).toBeVisible();
    const sheets = page.getByRole("list", { name: "Sheets" });
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
    await expect(page.getByRole("navigation", { name: "Main navigation" })).toBeHidden();
    const sheet = sheets.getByRole("listitem").filter({ hasText: "Cai Dong" });
    await expect(sheet).toContainText("Physics, hall 3");
    code = await sheet.getByRole("strong").innerText();
    await page.emulateMedia({ media: null });

    // They aren't shown again: leaving without them takes a decision.
    await pages.getByRole("link", { name: "Live" }).click();
    const question = page.getByRole("dialog", { name: "Leave without printing the codes?" });
    await question.getByRole("button", { name: "Stay here" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as CSV" }).click();
    await download;
  });

  // The doors open.
  await server.advance(MINUTES_AHEAD * 60);
  const hall = await browser.newContext();
  const candidate = await hall.newPage();
  const attempts = page.getByRole("table", { name: "Attempts of this sitting" });
  const cai = attempts.getByRole("row", { name: /Cai Dong/ });

  await test.step("the live list shows within moments that a candidate enters and answers", async () => {
    await pages.getByRole("link", { name: "Live" }).click();
    await expect(cai).toContainText("Not here yet");
    await page.evaluate(() => {
      document.title = "not loaded again";
    });
    await enterAndStart(candidate, code);
    await expect(candidate.getByRole("timer")).toContainText("1:14:");
    await expect(cai).toContainText("Writing", { timeout: MOMENTS_MS });
    await candidate.getByRole("radio", { name: "velocity" }).check();
    await expect(safety(candidate, "Your answer is safe")).toBeVisible();
    await expect(cai).toContainText("1 / 2", { timeout: MOMENTS_MS });
    // What can be done about a candidate, and all that is said of them, is in sight without scrolling sideways.
    const frame = page.getByRole("region", { name: "Attempts of this sitting" });
    expect(await frame.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    await expect(cai.getByRole("button", { name: "What can be done for Cai Dong" })).toBeInViewport(
      {
        ratio: 1,
      },
    );
  });

  await test.step("extra time for all reaches the candidate", async () => {
    await page.getByRole("button", { name: "Extra time for all" }).click();
    const dialog = page.getByRole("dialog", { name: "Extra time for everybody" });
    await dialog.getByRole("button", { name: "+10 min" }).click();
    await dialog.getByRole("textbox", { name: "Reason" }).fill("a fire alarm next door");
    await dialog.getByRole("button", { name: "Give 10 minutes" }).click();
    await expect(candidate.getByText("You have 10 minutes more")).toBeVisible({
      timeout: MOMENTS_MS,
    });
    await expect(candidate.getByRole("timer")).toContainText("1:24:");
    await expect(cai).toContainText("+25 min");
  });

  await test.step("the candidate hands in, and the officer sees it", async () => {
    await candidate.getByRole("button", { name: "Hand in" }).click();
    await candidate.getByRole("dialog").getByRole("button", { name: "Hand in now" }).click();
    await expect(candidate.getByRole("heading", { name: "Handed in" })).toBeVisible();
    await expect(cai).toContainText("Handed in", { timeout: MOMENTS_MS });
    expect(await page.title()).toBe("not loaded again");
  });
  await hall.close();
});
