import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { enterAndStart, expect, IS_SITE, safety, TestServer, test } from "./fixtures";

/** Big enough for an empty installation. */
const DISK = "64m";

test("another program holds the database: the answers stay on the device, and it is said", async ({
  page,
  server,
}) => {
  const sitting = await server.sitting();
  await enterAndStart(page, sitting.codes[0] ?? "");
  await server.lock(true);
  await page.getByRole("radio", { name: "right", exact: true }).check();
  await expectKept(page);
  await server.lock(false);
  await expect(safety(page, "Your answer is safe")).toBeVisible({ timeout: 30_000 });
});

test("the server's disk is full: the answers stay on the device, and it is said", async ({
  browser,
}) => {
  test.info().skip(IS_SITE, "a site's answers lie on PostgreSQL's disk, not on the server's");
  const disk = smallDisk();
  test.info().skip(disk === null, "a disk of its own can only be mounted as root");
  if (disk === null) return;
  const server = await TestServer.start(disk);
  const context = await browser.newContext({ baseURL: server.url });
  try {
    const sitting = await server.sitting();
    const page = await context.newPage();
    await enterAndStart(page, sitting.codes[0] ?? "");
    const filler = join(disk, "filler");
    fill(filler);
    await page.getByRole("radio", { name: "right", exact: true }).check();
    await page.getByRole("button", { name: "Next", exact: true }).click();
    await page.getByRole("radio", { name: "right", exact: true }).check();
    await expectKept(page);
    rmSync(filler);
    await expect(safety(page, "All 2 answers are safe")).toBeVisible({ timeout: 30_000 });
  } finally {
    await context.close();
    await server.stop();
    execFileSync("umount", [disk]);
    rmSync(disk, { recursive: true });
  }
});

async function expectKept(page: Page): Promise<void> {
  await expect(page.getByText("The server can't save at the moment")).toBeVisible({
    timeout: 20_000,
  });
  await expect(
    page.getByText(
      "Keep working. The answers stay on this device and are sent again by themselves.",
    ),
  ).toBeVisible();
}

/** A small disk in memory; null where none can be mounted. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), "exam-system-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK}`, "tmpfs", folder], {
      stdio: "ignore",
    });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}

/** Writes until there is no room for another byte. */
function fill(file: string): void {
  for (const bytes of [1 << 20, 4_096, 1]) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }
}
