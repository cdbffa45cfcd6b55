import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  type APIRequestContext,
  test as base,
  expect,
  type Locator,
  type Page,
  request,
} from "@playwright/test";
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "../../src/shared/api/schema.gen";

/** What the server's interface calls a thing. */
export type Schema = components["schemas"];

/** Somebody with an account. */
export interface Person {
  username: string;
  password: string;
}

const PASSWORD = "correct horse battery staple";

/** The administrator that every test server has. */
export const ADMIN: Person = { username: "test-admin", password: PASSWORD };

/** A sitting that is open now, and the admission codes of its candidates. */
export interface Sitting {
  sittingId: string;
  title: string;
  codes: string[];
  attempts: string[];
}

/** The repository's folder. */
export const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * What the tests run against: everything in one process on SQLite; or a site, a process per service and two of each behind
 * nginx, `whole` or without the part that is named (`scripts/e2e-site.sh`).
 */
const SITE = process.env["E2E_SITE"];

/** Whether there are many processes. */
export const IS_SITE = SITE !== undefined;

/** What `test-server` is told to be. */
function layout(): string[] {
  if (SITE === undefined) return [];
  return SITE === "whole" ? ["site"] : ["site", "--without", SITE];
}

/** The real server, with a clock that the test moves. */
export class TestServer {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #api: APIRequestContext;
  /** Where the server is told what only a test tells it. */
  readonly #control: APIRequestContext;
  /** The access tokens of those who act through the interface, until shortly before they run out. */
  readonly #tokens = new Map<string, { token: string; until: number }>();

  private constructor(
    url: string,
    process: ChildProcess,
    api: APIRequestContext,
    control: APIRequestContext,
  ) {
    this.url = url;
    this.#process = process;
    this.#api = api;
    this.#control = control;
  }

  /** Starts one; its data lies in a folder of its own in `folder`, or where the system keeps what is passing. */
  static async start(folder?: string): Promise<TestServer> {
    const child = spawn(`${root}/target/debug/examples/test-server`, layout(), {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...(folder !== undefined && { TMPDIR: folder }) },
    });
    let controlUrl: string | undefined;
    const url = await new Promise<string>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the test server ended with ${code}`)));
      createInterface({ input: child.stdout }).on("line", (line) => {
        controlUrl = /controlled on (http:\S+)/.exec(line)?.[1] ?? controlUrl;
        const address = /ready on (https?:\S+)/.exec(line)?.[1];
        if (address !== undefined) resolve(address);
      });
    });
    // A site's certificate was made for this run, by nobody that a browser knows.
    const contextOf = (baseURL: string) => request.newContext({ baseURL, ignoreHTTPSErrors: true });
    return new TestServer(url, child, await contextOf(url), await contextOf(controlUrl ?? url));
  }

  async stop(): Promise<void> {
    await this.#api.dispose();
    await this.#control.dispose();
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.kill("SIGTERM");
    await ended;
  }

  /** Moves the server's clock. */
  async advance(seconds: number): Promise<void> {
    await this.control("/test/advance", { seconds });
    this.#tokens.clear();
  }

  /** Moves the server's clock as if the server had been away meanwhile. */
  async beAway(seconds: number): Promise<void> {
    await this.control("/test/advance", { seconds, away: true });
    this.#tokens.clear();
  }

  /** What the server's clock says. */
  async now(): Promise<Date> {
    const { now } = (await this.control("/test/advance", { seconds: 0 })) as { now: string };
    return new Date(now);
  }

  /** Makes an account that holds a role in the whole institution, with a password of its own. */
  async person(
    username: string,
    displayName: string,
    ...roles: Schema["Role"][]
  ): Promise<Person & { id: string }> {
    const admin = await this.as(ADMIN);
    const made = await take(
      admin.POST("/api/v1/auth/accounts", {
        body: {
          username,
          display_name: displayName,
          number: username,
          roles: roles.map((role) => ({ role })),
        },
      }),
    );
    await take(
      admin.POST("/api/v1/auth/activate", {
        body: { username, code: made.activation.code, new_password: PASSWORD },
      }),
    );
    return { id: made.account.id, username, password: PASSWORD };
  }

  /** The server's interface, as it is open to a person. */
  async as(person: Person): Promise<Client<paths>> {
    return this.client({ authorization: `Bearer ${await this.token(person)}` });
  }

  /** The server's interface as it is open to nobody in particular, or to the holder of a ticket. */
  client(headers: Record<string, string> = {}): Client<paths> {
    return createClient<paths>({ baseUrl: this.url, headers });
  }

  /** Lets another program hold the exam's database, or let it go. */
  async lock(locked: boolean): Promise<void> {
    await this.control("/test/lock", { locked });
  }

  /**
   * Seats candidates in a sitting that opens now, and issues their codes. With `sectionMinutes` the second and third
   * question stand in a section with a time limit of its own.
   */
  async sitting(candidates = 1, sectionMinutes?: number): Promise<Sitting> {
    const made = (await this.control("/test/sitting", {
      candidates,
      ...(sectionMinutes !== undefined && { section_minutes: sectionMinutes }),
    })) as {
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
    const answer = await this.#api.fetch(path, {
      method,
      headers: { authorization: `Bearer ${await this.token(ADMIN)}` },
      ...(body !== undefined && { data: body }),
    });
    if (!answer.ok())
      throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.status() === 204 ? undefined : answer.json();
  }

  private async token({ username, password }: Person): Promise<string> {
    const known = this.#tokens.get(username);
    if (known !== undefined && known.until > Date.now()) return known.token;
    const signedIn = (await this.post("/api/v1/auth/login", {
      username,
      password,
    })) as Schema["SignedIn"];
    const MARGIN_SECONDS = 60;
    const until = Date.now() + (signedIn.expires_in_seconds - MARGIN_SECONDS) * 1_000;
    this.#tokens.set(username, { token: signedIn.access_token, until });
    return signedIn.access_token;
  }

  private post(path: string, data: unknown): Promise<unknown> {
    return posted(this.#api, path, data);
  }

  private control(path: string, data: unknown): Promise<unknown> {
    return posted(this.#control, path, data);
  }
}

async function posted(to: APIRequestContext, path: string, data: unknown): Promise<unknown> {
  const answer = await to.post(path, { data });
  if (!answer.ok()) throw new Error(`POST ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
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
  // A page whose script fails, or that does what the content policy forbids, is broken, whatever it shows.
  page: async ({ page }, use) => {
    const failed: string[] = [];
    page.on("pageerror", (error) => failed.push(error.stack ?? error.message));
    page.on("console", (message) => {
      if (!message.text().includes("Content Security Policy")) return;
      const { url, lineNumber, columnNumber } = message.location();
      failed.push(`${page.url()}: ${message.text()} (${url}:${lineNumber}:${columnNumber})`);
    });
    await use(page);
    expect(failed, "errors of the page's scripts").toEqual([]);
  },
});

export { expect };

/** The answer to a request; a refusal fails the test with what it says. */
export async function take<T>(
  request: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await request;
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${JSON.stringify(error)}`);
  return data as T;
}

/** Signs in with a password. */
export async function signIn(page: Page, { username, password }: Person): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "User name" }).fill(username);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Goes to the exam room with an admission code. */
export async function enter(page: Page, code: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("tab", { name: "Admission code" }).click();
  await page.getByRole("textbox", { name: "Admission code" }).fill(code);
  await page.getByRole("button", { name: "Enter the exam room" }).click();
}

/** Enters and starts, and is at the first question. */
export async function enterAndStart(page: Page, code: string): Promise<void> {
  await enter(page, code);
  await page.getByRole("button", { name: "Start the exam" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Question 1/ })).toBeVisible();
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
