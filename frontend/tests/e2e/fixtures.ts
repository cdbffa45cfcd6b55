import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  type APIRequestContext,
  test as base,
  type Locator,
  type Page,
  request,
} from "@playwright/test";

/** The administrator that every test server has. */
export const ADMIN = { username: "test-admin", password: "correct horse battery staple" };

/** A sitting that is open now, and the admission codes of its candidates. */
export interface Sitting {
  sittingId: string;
  title: string;
  codes: string[];
  attempts: string[];
}

/** The real server, with a clock that the test moves. */
export class TestServer {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #api: APIRequestContext;

  private constructor(url: string, process: ChildProcess, api: APIRequestContext) {
    this.url = url;
    this.#process = process;
    this.#api = api;
  }

  static async start(): Promise<TestServer> {
    const root = fileURLToPath(new URL("../../..", import.meta.url));
    const child = spawn(`${root}/target/debug/examples/test-server`, {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = await new Promise<string>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the test server ended with ${code}`)));
      createInterface({ input: child.stdout }).on("line", (line) => {
        const address = /ready on (http:\/\/\S+)/.exec(line)?.[1];
        if (address !== undefined) resolve(address);
      });
    });
    return new TestServer(url, child, await request.newContext({ baseURL: url }));
  }

  async stop(): Promise<void> {
    await this.#api.dispose();
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill("SIGTERM");
    await ended;
  }

  /** Moves the server's clock. */
  async advance(seconds: number): Promise<void> {
    await this.post("/test/advance", { seconds });
  }

  /** Seats candidates in a sitting that opens now, and issues their codes. */
  async sitting(candidates = 1): Promise<Sitting> {
    const made = (await this.post("/test/sitting", { candidates })) as {
      sitting_id: string;
      title: string;
    };
    const issued = (await this.asAdmin(
      "POST",
      `/api/v1/auth/sittings/${made.sitting_id}/admission-codes`,
      { which: "all" },
    )) as { issued: { code: string; attempt_id: string }[] };
    return {
      sittingId: made.sitting_id,
      title: made.title,
      codes: issued.issued.map((slip) => slip.code),
      attempts: issued.issued.map((slip) => slip.attempt_id),
    };
  }

  /** Calls the API as the administrator. */
  async asAdmin(method: string, path: string, body?: unknown): Promise<unknown> {
    const signedIn = (await this.post("/api/v1/auth/login", ADMIN)) as { access_token: string };
    const answer = await this.#api.fetch(path, {
      method,
      headers: { authorization: `Bearer ${signedIn.access_token}` },
      ...(body !== undefined && { data: body }),
    });
    if (!answer.ok())
      throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.status() === 204 ? undefined : answer.json();
  }

  private async post(path: string, data: unknown): Promise<unknown> {
    const answer = await this.#api.post(path, { data });
    if (!answer.ok()) throw new Error(`POST ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  }
}

/** Tests with the real server; `baseURL` is its address. */
export const test = base.extend<object, { server: TestServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the fixture needs no other
    async ({}, use) => {
      const server = await TestServer.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});

export { expect } from "@playwright/test";

/** Goes to the exam room with an admission code. */
export async function enter(page: Page, code: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("tab", { name: "Admission code" }).click();
  await page.getByRole("textbox", { name: "Admission code" }).fill(code);
  await page.getByRole("button", { name: "Enter the exam room" }).click();
}

/** Enters and starts. */
export async function enterAndStart(page: Page, code: string): Promise<void> {
  await enter(page, code);
  await page.getByRole("button", { name: "Start the exam" }).click();
}

/**
 * The sentence about the answers' safety, as it is seen: on a phone it stands elsewhere than on a desktop, and screen
 * readers hear it from a live region.
 */
export function safety(page: Page, sentence: string): Locator {
  return page
    .getByText(sentence, { exact: true })
    .and(page.locator("span"))
    .filter({ visible: true });
}
