import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { RunOptions } from "axe-core";
import { ADMIN, test as base, expect, type Person } from "./fixtures";
import { routePaths } from "./routes";
import { makeWorld, type World } from "./world";

const LANGUAGES = ["en", "zh-CN"] as const;
type Language = (typeof LANGUAGES)[number];

/** Asked in the page itself: the library for Playwright brings it in anew for each audit, which takes three times as long. */
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STANDARD = {
  type: "tag",
  values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
} as const satisfies RunOptions["runOnly"];
/** What depends on colours. Everything else is the same in the light and in the dark. */
const COLOUR_RULES = {
  type: "rule",
  values: ["color-contrast", "link-in-text-block"],
} as const satisfies RunOptions["runOnly"];

const test = base.extend<object, { world: World }>({
  world: [async ({ server }, use) => use(await makeWorld(server)), { scope: "worker" }],
});
// Colours are looked at when they have arrived, not on the way.
test.use({ contextOptions: { reducedMotion: "reduce" } });
// What is wrong is said in words; a trace of each page would take longer than its audit.
test.use({ trace: "off" });
test.describe.configure({ mode: "parallel" });

/** What is asked in which light: nothing but colours differs between the two, and no colour between languages. */
const PASSES = {
  en: [
    { scheme: "light", rules: STANDARD },
    { scheme: "dark", rules: COLOUR_RULES },
  ],
  "zh-CN": [{ scheme: "dark", rules: STANDARD }],
} as const;

/** No rule of WCAG 2.2 AA that axe can check is broken. */
async function audit(page: Page, language: Language, where: string): Promise<void> {
  const found: string[] = [];
  // What is being fetched anew is paler until it is there.
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  for (const { scheme, rules } of PASSES[language]) {
    await page.emulateMedia({ colorScheme: scheme });
    await expect(page.locator("html")).toHaveAttribute("data-theme", scheme);
    const broken = await runAxe(page, rules);
    found.push(...broken.map((rule) => `${scheme}: ${rule}`));
  }
  expect.soft(found, where).toEqual([]);
}

/** The broken rules, with where. Axe comes into a page once, however often it is asked there. */
async function runAxe(page: Page, runOnly: RunOptions["runOnly"] & object): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  return page.evaluate(async (only) => {
    // What is on its way to another colour has neither of them; what inherits it sets off a frame later.
    do {
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
      await new Promise(requestAnimationFrame);
    } while (document.getAnimations().some(({ playState }) => playState === "running"));
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run({ runOnly: only, resultTypes: ["violations"] });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, target }) => `${target} ${html}`).join("\n")}`,
    );
  }, runOnly);
}

/** The texts of a language, by namespace and key. */
type Texts = (namespace: string, key: string, values?: Record<string, string>) => string;
function textsOf(language: Language): Texts {
  const files = new Map<string, unknown>();
  return (namespace, key, values = {}) => {
    const path = new URL(`../../src/locales/${language}/${namespace}.json`, import.meta.url);
    if (!files.has(namespace)) files.set(namespace, JSON.parse(readFileSync(path, "utf8")));
    let at = files.get(namespace);
    for (const part of key.split("."))
      at =
        typeof at === "object" && at !== null ? (at as Record<string, unknown>)[part] : undefined;
    if (typeof at !== "string") throw new Error(`there is no text ${namespace}: ${key}`);
    return at.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
  };
}

async function signInAs(page: Page, { username, password }: Person): Promise<void> {
  const answer = await page.request.post("/api/v1/auth/login", { data: { username, password } });
  expect(answer.ok()).toBe(true);
}

/** Goes to a page and waits until it is there. */
async function visit(page: Page, address: string, t: Texts): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
  await expect(page.getByText(t("common", "loading"))).toHaveCount(0);
  await expect(page.getByText(t("common", "notFound.title"))).toHaveCount(0);
  await expect(page.getByText(t("common", "crash.title"))).toHaveCount(0);
  await expect(page.getByRole("alert")).toHaveCount(0);
}

/** What else a page can show: each is come to from the page as it was opened. */
type Step = (page: Page, t: Texts) => Promise<unknown>;
const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).first().click();
const choose = async (page: Page, menu: string, item: string) => {
  await press(page, menu);
  await page.getByRole("menuitem", { name: item, exact: true }).click();
};

const DIALOGS: Record<string, Step[]> = {
  "/my": [
    (page, t) =>
      choose(
        page,
        t("common", "shell.account", { name: "Mei Lin" }),
        t("common", "shell.changePassword"),
      ),
  ],
  "/author/banks": [(page, t) => press(page, t("banks", "new"))],
  "/author/banks/$bankId": [
    (page, t) => choose(page, t("banks", "acts"), t("banks", "export.act")),
    (page, t) => press(page, t("banks", "category.new")),
    (page, t) => press(page, t("banks", "list.look", { title: "Vector" })),
  ],
  "/author/questions/$questionId": [
    (page, t) => press(page, t("author", "tools.formula")),
    (page, t) => press(page, t("author", "tools.table")),
    (page, t) => press(page, t("author", "tools.image")),
  ],
  "/author/exams": [(page, t) => press(page, t("exams", "new"))],
  "/author/exams/$examId": [
    (page, t) => press(page, t("exams", "item.add")),
    (page, t) => press(page, t("exams", "draw.add")),
    (page, t) => press(page, t("exams", "publish.open")),
  ],
  "/officer/sittings/$sittingId": [(page, t) => press(page, t("sittings", "cancel"))],
  "/officer/sittings/$sittingId/roster": [
    (page, t) => press(page, t("roster", "add")),
    (page, t) =>
      choose(page, t("roster", "actsFor", { name: "Eve Fang" }), t("roster", "accommodation.open")),
  ],
  "/officer/sittings/$sittingId/live": [
    (page, t) => press(page, t("live", "time.forAll")),
    (page, t) =>
      choose(page, t("live", "actsFor", { name: "Eve Fang" }), t("live", "terminate.open")),
  ],
  "/officer/sittings/$sittingId/results": [
    (page, t) => press(page, t("results", "release.release")),
  ],
  "/admin/users/$accountId": [
    (page, t) => press(page, t("people", "reset")),
    (page, t) => choose(page, t("people", "more"), t("people", "disable")),
  ],
  "/admin/units": [(page, t) => press(page, t("units", "add"))],
};

/** States that are no dialogs, on addresses of their own or after a few steps. */
const STATES: readonly { address: string; step?: Step }[] = [
  { address: "/author/exams/$examId?tab=settings" },
  { address: "/author/exams/$examId?tab=published" },
  {
    address: "/author/banks/$bankId/import",
    step: async (page, t) => {
      await page.getByText(t("import", "source.text"), { exact: true }).click();
      await page.getByRole("textbox").fill("::One::Which? {=a ~b}\n\n::Two::Which? {=a ~b\n");
      await press(page, t("import", "check"));
      await expect(page.getByRole("table")).toBeVisible();
    },
  },
  {
    address: "/author/banks/$bankId",
    step: async (page, t) => {
      await page.getByRole("checkbox").first().check();
      await press(page, t("banks", "selection.tag"));
      await expect(page.getByRole("dialog")).toBeVisible();
    },
  },
  {
    address: "/officer/sittings/$sittingId/roster/import",
    step: async (page, t) => {
      const file = { name: "roster.csv", mimeType: "text/csv" };
      await page
        .getByLabel(t("people-file", "drop"))
        .setInputFiles({ ...file, buffer: Buffer.from("学号,姓名\n2701,Ada\n,Bo\n") });
      await press(page, t("roster", "importing.check"));
      await expect(page.getByRole("alert")).toBeVisible();
    },
  },
  {
    address: "/officer/sittings/$sittingId/codes",
    step: async (page, t) => {
      await page.getByRole("radio", { name: t("roster", "printing.all") }).check();
      await press(page, t("roster", "printing.makeAll"));
      await expect(page.getByRole("list", { name: t("roster", "sheet.label") })).toBeVisible();
    },
  },
  {
    address: "/officer/new",
    step: async (page, t) => {
      await page.getByRole("radio").first().check();
      await press(page, t("staff", "next"));
      await expect(page.getByLabel(t("sittings", "form.opens"), { exact: true })).toBeVisible();
    },
  },
  { address: "/officer/sittings/$sittingId/violations?attempt=$watchedId" },
  { address: "/officer/sittings/$releasedId/results" },
  { address: "/admin/units?unit=$unitId" },
  { address: "/author/banks/$bankId/new?type=cloze" },
  { address: "/author/banks/$bankId/new?type=matching" },
  { address: "/author/banks/$bankId/new?type=numeric" },
  { address: "/author/banks/$bankId/new?type=ordering" },
];

/** The address of a path in this world; fails for what the world doesn't have. */
function fill(path: string, { ids }: Pick<World, "ids">): string {
  // A marker's question is one version of it, as it stands in the paper.
  const at = path.replace("/marking/$questionId", "/marking/$markedId");
  const address = at.replace(/\$\w+/g, (name) => ids[name] ?? name);
  if (address.includes("$")) throw new Error(`nothing in the world stands for ${path}`);
  return address;
}

/** Who looks at which pages. Every path of the route tree is in one of them, whatever is added to it. */
const parts = {
  author: (path: string) => path.startsWith("/author"),
  officer: (path: string) => path.startsWith("/officer"),
  "admin and messages": (path: string) => /^\/(admin|messages)/.test(path),
  candidate: (path: string) => !/^\/(author|officer|admin|messages)/.test(path),
};

for (const language of LANGUAGES) {
  const t = textsOf(language);
  test.describe(language, () => {
    test.use({ locale: language });

    for (const [part, isIn] of Object.entries(parts)) {
      test(`every page of the ${part} and its dialogs pass an axe audit`, async ({
        page,
        world,
      }) => {
        test.setTimeout(300_000);
        const candidate = part === "candidate";
        const here = candidate ? world.reviewed : world;
        await signInAs(page, candidate ? world.candidate : ADMIN);
        for (const path of routePaths().filter(isIn)) {
          await visit(page, fill(path, here), t);
          await audit(page, language, path);
          for (const [place, open] of (DIALOGS[path] ?? []).entries()) {
            await open(page, t);
            await expect(page.getByRole("dialog")).toBeVisible();
            await audit(page, language, `${path}, dialog ${place + 1}`);
            await page.keyboard.press("Escape");
            await expect(page.getByRole("dialog")).toHaveCount(0);
          }
        }
      });
    }

    test("what pages show further on passes an axe audit", async ({ page, world }) => {
      test.setTimeout(300_000);
      // Codes that nobody has printed are asked about: here they may go.
      page.on("dialog", (dialog) => void dialog.accept());
      await signInAs(page, ADMIN);
      for (const { address, step } of STATES) {
        await visit(page, fill(address, world), t);
        await step?.(page, t);
        await audit(page, language, `${address}${step ? ", further on" : ""}`);
      }
    });

    test("every page of a candidate's way passes an axe audit", async ({ page, server }) => {
      const sitting = await server.sitting();
      await page.goto("/sign-in");
      await expect(page.getByRole("tab", { name: t("sign-in", "withCode") })).toBeVisible();
      await audit(page, language, "sign-in by password");
      await page.getByRole("tab", { name: t("sign-in", "withCode") }).click();
      await audit(page, language, "sign-in by code");
      await page.getByRole("textbox").fill(sitting.codes[0] ?? "");
      await press(page, t("sign-in", "enter"));
      await expect(page.getByRole("button", { name: t("attempt", "lobby.start") })).toBeVisible();
      await audit(page, language, "lobby");
      await press(page, t("attempt", "lobby.start"));
      await page.getByRole("radio").first().check();
      await audit(page, language, "player");
      await press(page, t("attempt", "handIn.button"));
      await expect(page.getByRole("dialog")).toBeVisible();
      await audit(page, language, "hand-in dialog");
      await page
        .getByRole("dialog")
        .getByRole("button", { name: t("attempt", "handIn.confirm") })
        .click();
      await expect(
        page.getByRole("heading", { name: t("attempt", "ending.submitted") }),
      ).toBeVisible();
      await audit(page, language, "handed in");
    });
  });
}
