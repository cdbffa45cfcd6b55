import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** No rule of WCAG 2.2 AA that axe can check is broken. */
async function audit(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const found = violations.map(
    (rule) => `${rule.id}: ${rule.nodes.map((node) => node.target).join(", ")}`,
  );
  expect(found, where).toEqual([]);
}

const LANGUAGES = [
  {
    locale: "en",
    code: "Admission code",
    enter: "Enter the exam room",
    start: "Start the exam",
    handIn: "Hand in",
    confirm: "Hand in now",
    done: "Handed in",
  },
  {
    locale: "zh-CN",
    code: "准考码",
    enter: "进入考场",
    start: "开始考试",
    handIn: "交卷",
    confirm: "立即交卷",
    done: "已交卷",
  },
] as const;

for (const words of LANGUAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${words.locale}, ${colorScheme}`, () => {
      test.use({ locale: words.locale, colorScheme });

      test("every page of a candidate's way passes an axe audit", async ({ page, server }) => {
        const sitting = await server.sitting();
        await page.goto("/sign-in");
        await expect(page.getByRole("tab", { name: words.code })).toBeVisible();
        await audit(page, "sign-in by password");
        await page.getByRole("tab", { name: words.code }).click();
        await audit(page, "sign-in by code");
        await page.getByRole("textbox").fill(sitting.codes[0] ?? "");
        await page.getByRole("button", { name: words.enter }).click();
        await expect(page.getByRole("button", { name: words.start })).toBeVisible();
        await audit(page, "lobby");
        await page.getByRole("button", { name: words.start }).click();
        await page.getByRole("radio").first().check();
        await audit(page, "player");
        await page.getByRole("button", { name: words.handIn }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await audit(page, "hand-in dialog");
        await page.getByRole("dialog").getByRole("button", { name: words.confirm }).click();
        await expect(page.getByRole("heading", { name: words.done })).toBeVisible();
        await audit(page, "handed in");
      });
    });
  }
}
