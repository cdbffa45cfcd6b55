import { readFile } from "node:fs/promises";
import { ADMIN, enterAndStart, expect, safety, signIn, test } from "./fixtures";

const WORKING_SECONDS = 90 * 60;
/** How much working time is left when the network goes. */
const LEFT_SECONDS = 15;

test("the network never comes back: the answers go to the office as a file, and are admitted", async ({
  page,
  context,
  browser,
  server,
}) => {
  const sitting = await server.sitting();
  await enterAndStart(page, sitting.codes[0] ?? "");
  // The end is near; the page hears of the server's time with the next reply.
  await server.advance(WORKING_SECONDS - LEFT_SECONDS);
  await page.getByRole("radio", { name: "right", exact: true }).check();
  await expect(safety(page, "Your answer is safe")).toBeVisible();
  // What the file needs is fetched while there is a network.
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByRole("radio", { name: "right", exact: true }).check();
  await expect(safety(page, "1 answer waiting — keep working")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save an answer file …" })).toBeHidden();

  // Time ends by the page's own clock: nobody else tells it.
  const offer = page.getByRole("button", { name: "Save an answer file …" });
  await expect(offer).toBeVisible({ timeout: 2 * LEFT_SECONDS * 1_000 });
  await server.advance(120);
  await offer.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("1 answer hasn't reached the server.")).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Save the file" }).click(),
  ]);
  const file = await readFile(await download.path());
  await dialog.getByRole("button", { name: /^Show it as/ }).click();
  await expect(dialog.getByRole("img", { name: "Code 1 of" })).toBeVisible();

  const admin = await browser.newContext({ baseURL: server.url });
  const desk = await admin.newPage();
  await signIn(desk, ADMIN);
  await desk.waitForURL(/(officer|admin)/);
  await desk.goto(`/officer/sittings/${sitting.sittingId}/live`);
  const bring = async () => {
    await desk.getByRole("button", { name: "Answer file" }).click();
    await desk.getByLabel("Drop the answer file here, or choose it").setInputFiles({
      name: download.suggestedFilename(),
      mimeType: "application/octet-stream",
      buffer: file,
    });
  };
  await bring();
  const taken = desk.getByRole("dialog");
  await expect(
    taken.getByText("1 answer is new. It came after the end and counts once you admit it."),
  ).toBeVisible();
  await expect(
    taken.getByText("The device held 1 receipt, and the newest is genuine."),
  ).toBeVisible();
  await taken.getByRole("button", { name: "Look at the late answers" }).click();
  const late = desk.getByRole("dialog");
  await expect(late.getByRole("row")).toHaveCount(2);
  await late.getByLabel("Reason").fill("The switch of the hall was dead");
  await late.getByRole("button", { name: "Admit 1 answer" }).click();
  await expect(desk.getByText("1 answer counts now; the attempt is marked anew.")).toBeVisible();
  await bring();
  await expect(desk.getByRole("dialog").getByText("1 answer was here already.")).toBeVisible();

  // The network comes back after all: the same answer again is nothing new.
  await context.setOffline(false);
  await expect(
    page
      .getByText("answer came after the end", { exact: false })
      .or(page.getByRole("heading", { level: 1 })),
  ).toBeVisible();
  await admin.close();
});
