import { enter, enterAndStart, expect, safety, test } from "./fixtures";

test("a section's own time is the server's: it runs on another device too, and then the section is shut", async ({
  page,
  browser,
  server,
}) => {
  const sitting = await server.sitting(1, 20);
  await enterAndStart(page, sitting.codes[0] ?? "");
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.getByText(/^Section (19:5\d|20:00)$/)).toBeVisible();
  await page.getByRole("radio", { name: "right", exact: true }).check();
  await expect(safety(page, "Your answer is safe")).toBeVisible();

  // Another device never entered the section, and knows all the same.
  await server.advance(5 * 60);
  const context = await browser.newContext({ baseURL: server.url });
  const other = await context.newPage();
  await enter(other, sitting.codes[0] ?? "");
  await other.getByRole("button", { name: "Go on here" }).click();
  await other.getByRole("button", { name: /^Question 2/ }).click();
  await expect(other.getByText(/^Section 14:[0-5]\d$/)).toBeVisible();

  await server.advance(16 * 60);
  await other.reload();
  await expect(other.getByText("The time for this section is over")).toBeVisible();
  await expect(other.getByRole("radio", { name: "wrong", exact: true })).toBeDisabled();
  await context.close();
});
