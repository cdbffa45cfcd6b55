import { ADMIN, enterAndStart, expect, signIn, test } from "./fixtures";

/** How soon a change reaches a running player, and word of that the desk. */
const SOON_MS = 2_000;

test("extra time arrives during the attempt, and the desk sees that it did", async ({
  page,
  browser,
  server,
}) => {
  const sitting = await server.sitting();
  await enterAndStart(page, sitting.codes[0] ?? "");
  const timer = page.getByRole("timer");
  await expect(timer).toContainText("1:29:");
  const desk = await browser.newContext({ baseURL: server.url });
  const watch = await desk.newPage();
  await signIn(watch, ADMIN);
  await watch.waitForURL(/(officer|admin)/);
  await watch.goto(`/officer/sittings/${sitting.sittingId}/live`);
  await expect(watch.getByRole("rowheader")).toHaveCount(1);

  const given = Date.now();
  await server.asAdmin("POST", `/api/v1/exams/sittings/${sitting.sittingId}/extra-time`, {
    minutes: 10,
    reason: "fire alarm",
  });
  await expect(page.getByText("You have 10 minutes more")).toBeVisible({ timeout: SOON_MS });
  await expect(timer).toContainText("1:39:", { timeout: SOON_MS });
  expect(Date.now() - given).toBeLessThan(4_000);
  await expect(watch.getByText("Change seen")).toBeVisible({ timeout: SOON_MS });
  await desk.close();
});
