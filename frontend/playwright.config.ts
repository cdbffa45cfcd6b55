import { defineConfig } from "@playwright/test";

/** Where a running exam-system answers; journeys start one of their own when nothing is given. */
const baseURL = process.env["E2E_BASE_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  testDir: "tests/e2e",
  forbidOnly: process.env["CI"] !== undefined,
  retries: 0,
  workers: 1,
  reporter: [["list"]],
  use: {
    baseURL,
    trace: "retain-on-failure",
    launchOptions: {
      ...(process.env["CHROMIUM_PATH"] !== undefined && {
        executablePath: process.env["CHROMIUM_PATH"],
      }),
      args: ["--no-sandbox", "--disable-background-networking"],
    },
  },
});
