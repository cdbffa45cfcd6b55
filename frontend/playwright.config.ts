import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

/** Debian's own browser, unless another one is named. */
const chromium =
  process.env["CHROMIUM_PATH"] ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** Whether the tests run against a site: many processes, and TLS with a certificate that is made for the run. */
const isSite = process.env["E2E_SITE"] !== undefined;
// Node's own requests, which the typed client makes, to that certificate.
if (isSite) process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";

/** Each worker starts a server of its own: see tests/e2e/fixtures.ts. */
export default defineConfig({
  testDir: "tests/e2e",
  forbidOnly: process.env["CI"] !== undefined,
  retries: 0,
  workers: isSite ? 1 : 2,
  timeout: 90_000,
  reporter: [["list"]],
  use: {
    locale: "en",
    actionTimeout: 10_000,
    trace: "retain-on-failure",
    launchOptions: {
      ...(chromium !== undefined && { executablePath: chromium }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        ...(isSite ? ["--ignore-certificate-errors"] : []),
      ],
    },
  },
});
