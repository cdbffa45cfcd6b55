import { ADMIN, enterAndStart, expect, signIn, test } from "./fixtures";

/** How soon a change has to reach a running player: the server finds out within a second, and tells within two. */
const SOON_MS = 3_000;

test("the server takes no answers for three minutes: who was writing has the time back, and staff see it", async ({
  page,
  browser,
  server,
}) => {
  const sitting = await server.sitting(2);
  await enterAndStart(page, sitting.codes[0] ?? "");
  const admin = await browser.newContext({ baseURL: server.url });
  const desk = await admin.newPage();
  await signIn(desk, ADMIN);
  await desk.waitForURL(/(officer|admin)/);
  await desk.goto(`/officer/sittings/${sitting.sittingId}/live`);
  await expect(desk.getByRole("rowheader")).toHaveCount(2);

  await server.beAway(180);
  await expect(page.getByText(/^You have 3 minutes(, \d seconds?)? more$/)).toBeVisible({
    timeout: SOON_MS,
  });
  await expect(
    page.getByText(/The server took no answers from .* to .*, and you get/),
  ).toBeVisible();
  await expect(page.getByText(/^Outage of the server, /)).toBeVisible();
  const note = desk.getByText(
    /^The server took no answers from .*: 1 candidate got the time back$/,
  );
  await expect(note).toBeVisible({ timeout: SOON_MS });
  await page.getByRole("button", { name: "Got it" }).click();
  await expect(desk.getByText("Change seen")).toBeVisible();
  await desk.getByRole("button", { name: "Got it" }).click();
  await expect(note).toBeHidden();

  await desk.goto(`/officer/sittings/${sitting.sittingId}`);
  const row = desk.getByRole("table", { name: "Outages" }).getByRole("row").nth(1);
  await expect(row).toContainText("Yes");
  await admin.close();
});
