import { enterAndStart, expect, test } from "./fixtures";

test("extra time arrives during the attempt", async ({ page, server }) => {
  const sitting = await server.sitting();
  await enterAndStart(page, sitting.codes[0] ?? "");
  const timer = page.getByRole("timer");
  await expect(timer).toContainText("1:29:");

  const given = Date.now();
  await server.asAdmin("POST", `/api/v1/exams/sittings/${sitting.sittingId}/extra-time`, {
    minutes: 10,
    reason: "fire alarm",
  });
  await expect(page.getByText("You have 10 minutes more")).toBeVisible({ timeout: 2_000 });
  await expect(timer).toContainText("1:39:", { timeout: 2_000 });
  expect(Date.now() - given).toBeLessThan(4_000);
});
