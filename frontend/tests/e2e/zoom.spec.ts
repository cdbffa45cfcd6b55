import type { Page } from "@playwright/test";
import { enter, expect, safety, test } from "./fixtures";

// A browser's zoom makes the page's pixels larger and the window smaller in them: a laptop of 1280 × 720 at 200 % is
// 640 × 360. At 400 % it is 320 wide, which WCAG 2.2, 1.4.10 asks for; small phones are too.
const WINDOWS = {
  "on a laptop at 200 % zoom": { width: 640, height: 360 },
  "320 pixels wide, as at 400 % zoom or on a small phone": { width: 320, height: 568 },
};

/** Nothing lies beside the window, and what can be pressed isn't covered. */
async function expectRoom(page: Page, where: string) {
  const wide = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const beside = [...document.querySelectorAll("main *, header *, footer *, [role=dialog] *")]
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        const scrolls = element.closest(
          ".overflow-x-auto, .overflow-auto, .sr-only, .katex-mathml",
        );
        return width > 0 && scrolls === null && (right > clientWidth + 1 || left < -1);
      })
      .map((element) => `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`);
    return { sideways: scrollWidth - clientWidth, beside };
  });
  expect(wide, where).toEqual({ sideways: 0, beside: [] });
}

for (const [window, size] of Object.entries(WINDOWS)) {
  test.describe(window, () => {
    test.use({ viewport: size, deviceScaleFactor: 2 });

    test("a candidate sits an exam", async ({ page, server }) => {
      const sitting = await server.sitting();
      await page.goto("/sign-in");
      await expect(page.getByRole("tab").first()).toBeVisible();
      await expectRoom(page, "sign-in");
      await enter(page, sitting.codes[0] ?? "");
      const start = page.getByRole("button", { name: "Start the exam" });
      await expect(start).toBeVisible();
      await expectRoom(page, "lobby");
      await start.click();

      await expect(page.getByRole("heading", { name: "Question 1" })).toBeVisible();
      await expectRoom(page, "question");
      // A click fails when something else lies over its target.
      await page.getByRole("radio", { name: "right", exact: true }).click();
      await expect(safety(page, "Your answer is safe")).toBeVisible();
      await page.getByRole("button", { name: "Next", exact: true }).click();
      await page.getByRole("radio", { name: "also wrong", exact: true }).click();
      await expect(safety(page, "All 2 answers are safe")).toBeVisible();
      await expectRoom(page, "second question");

      const handIn = page.getByRole("button", { name: "Hand in" });
      if (!(await handIn.isVisible())) {
        // On a narrow window the list of questions is a sheet of its own, and handing in stands below it.
        await page.getByRole("button", { name: /questions/i }).click();
        await expect(handIn).toBeVisible();
        await expectRoom(page, "list of questions");
      }
      await handIn.click();
      const dialog = page.getByRole("dialog", { name: "Hand in your exam?" });
      await expect(dialog).toBeVisible();
      await expectRoom(page, "hand-in dialog");
      await dialog.getByRole("button", { name: "Hand in now" }).click();
      await expect(page.getByRole("heading", { name: "Handed in" })).toBeVisible();
      await expectRoom(page, "handed in");
    });
  });
}
