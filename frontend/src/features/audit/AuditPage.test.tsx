import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { AuditEntry } from "@/shared/api/types-officer";
import { chooseLanguage, loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { moment } from "@/shared/time";
import { AuditPage } from "./AuditPage";

const PERSON = "01a190ab-d434-7719-85e7-3fabdc198d45";
const NAMES = { chen: "Wei Chen", he: "He Yun", [PERSON]: "Lin Xiaoyu" };
const SCIENCE = "01a190ab-d434-761f-a7d2-3cb0c77843f1";
const PHYSICS = "01a190ab-d434-759e-8536-c58c2ee3276b";
const UNITS = [
  { id: SCIENCE, parent_id: null, name: "Science", kind: "faculty" },
  { id: PHYSICS, parent_id: SCIENCE, name: "Physics", kind: "course" },
];

const entry = (id: string, change: Partial<AuditEntry>): AuditEntry => ({
  id,
  seq: null,
  at: "2026-11-24T01:00:00Z",
  action: "role.granted",
  actor_kind: "account",
  actor_id: "chen",
  subject_kind: "account",
  subject_id: "subject-1",
  detail: `{"role":"marker","unit":"/${SCIENCE}/${PHYSICS}/"}`,
  ...change,
});

beforeAll(() => loadTexts("audit", "staff"));
beforeEach(() => {
  signInAs("admin");
  server.use(
    http.get("*/api/v1/auth/audit", ({ request }) =>
      HttpResponse.json(
        new URL(request.url).searchParams.get("after") === null
          ? {
              items: [
                entry("1", {}),
                entry("2", {
                  action: "account.password_reset",
                  actor_id: "somebody",
                  seq: 41,
                  detail: "{}",
                }),
                entry("3", { action: "something.new", actor_kind: "system", actor_id: null }),
              ],
              next: "3",
            }
          : {
              items: [entry("4", { actor_id: "he", subject_id: "subject-4" })],
              next: null,
            },
      ),
    ),
    http.get("*/api/v1/exams/audit", () =>
      HttpResponse.json({
        items: [
          entry("5", { action: "time.given", detail: '{"seconds":300,"reason":"fire alarm"}' }),
        ],
        next: null,
      }),
    ),
    http.get("*/api/v1/auth/units", () => HttpResponse.json({ items: UNITS })),
    http.get("*/api/v1/auth/people", ({ request }) => {
      const ids = new URL(request.url).searchParams.get("ids")?.split(",") ?? [];
      const items = Object.entries(NAMES)
        .filter(([id]) => ids.includes(id))
        .map(([id, display_name]) => ({ id, display_name }));
      return HttpResponse.json({ items, next: null });
    }),
  );
});

afterEach(() => {
  vi.restoreAllMocks();
  return chooseLanguage("en");
});

const answer = (part: string, ...items: AuditEntry[]) =>
  server.use(http.get(`*/api/v1/${part}/audit`, () => HttpResponse.json({ items, next: null })));
/** What is said in the details of the only record. */
const said = () =>
  within(screen.getAllByRole("row")[1] as HTMLElement)
    .getAllByRole("definition")
    .map((value) => `${value.previousElementSibling?.textContent}: ${value.textContent}`);
const openPart = async (part: string) => {
  const page = renderPage(<AuditPage />);
  await page.user.selectOptions(await screen.findByLabelText("Part"), part);
  return page;
};

/** Each line as “who: what”. */
const acts = () =>
  screen
    .getAllByRole("row")
    .slice(1)
    .map((line) => {
      const [, who] = within(line).getAllByRole("cell");
      return `${who?.textContent}: ${within(line).getByRole("rowheader").textContent}`;
    });

describe("the audit log", () => {
  it("says in words who did what, and as the server names it what has no words yet", async () => {
    renderPage(<AuditPage />);
    await screen.findByText("Wei Chen");
    expect(acts()).toEqual([
      "Wei Chen: Gave a role",
      "a person who is gone: Reset a password",
      "the system: something.new",
    ]);
    const [, first, second] = screen.getAllByRole("row").map((row) => within(row));
    expect(first?.getByText("Science / Physics")).toBeVisible();
    expect(first?.getByText("not yet")).toBeVisible();
    expect(second?.getByText("no. 41")).toBeVisible();
    await expectAccessible();
  });

  it("is narrowed by kind of act and by words, also those of the details, as far back as was loaded", async () => {
    const { user } = renderPage(<AuditPage />);
    await screen.findByText("Wei Chen");
    await user.selectOptions(screen.getByLabelText("Act"), "Gave a role");
    expect(acts()).toEqual(["Wei Chen: Gave a role"]);
    await user.click(screen.getByRole("searchbox"));
    await user.paste("subject-4");
    expect(screen.getByText(/Show more to look further back/)).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Show more" }));
    expect(await screen.findByText("He Yun")).toBeVisible();
    expect(acts()).toEqual(["He Yun: Gave a role"]);
    await user.selectOptions(screen.getByLabelText("Act"), "Reset a password");
    expect(screen.getByText("No record fits what you are looking for.")).toBeVisible();
  });

  it("tells of every part of the system, one at a time", async () => {
    const { user } = renderPage(<AuditPage />);
    await screen.findByText("Wei Chen");
    await user.selectOptions(screen.getByLabelText("Act"), "Gave a role");
    await user.selectOptions(screen.getByLabelText("Part"), "Exams, sittings, results");
    expect(await screen.findByRole("rowheader", { name: "Gave extra time" })).toBeVisible();
    expect(screen.getByText("fire alarm")).toBeVisible();
    await expectAccessible();
  });

  it("says codes, times and counts in words, and by its code what has none", async () => {
    const saved = entry("6", {
      action: "question.question_saved",
      subject_kind: "question",
      subject_id: PHYSICS,
      detail: '{"state":"ready","type":"single_choice","version":2}',
    });
    answer("questions", saved);
    const { user } = await openPart("Questions");
    await screen.findByRole("rowheader", { name: "Saved a question" });
    expect(said()).toEqual([
      "state: ready",
      "type: single choice",
      "version: 2",
      `question: ${PHYSICS}`,
    ]);
    answer("exams", {
      ...saved,
      action: "sitting.scheduled",
      subject_kind: "account",
      subject_id: PERSON,
      detail: `{"opens_at":"2026-11-28T06:45:42.516167Z","source":"accounts","clash_allowed":false,
        "from":"nowhere","waiting":{"unmarked":3,"partial":0},"accounts":["${PERSON}","${PHYSICS}"]}`,
    });
    await user.selectOptions(screen.getByLabelText("Part"), "Exams, sittings, results");
    await screen.findByText("Lin Xiaoyu");
    expect(said()).toEqual([
      `opens: ${moment("2026-11-28T06:45:42.516167Z", "en")}`,
      "source: chosen people",
      "clash allowed: no",
      "before: nowhere",
      "waiting: not marked 3",
      "accounts: 2",
      "account: Lin Xiaoyu",
    ]);
    await expectAccessible();
  });

  it("says the same in Chinese", async () => {
    await chooseLanguage("zh-CN");
    answer("auth", entry("7", { seq: 186, detail: '{"role":"marker","unit":"/"}' }));
    renderPage(<AuditPage />);
    await screen.findByText("Wei Chen");
    expect(said()).toEqual(["角色: 阅卷员", "单位: 全校", "账户: subject-1"]);
    expect(screen.getByRole("cell", { name: "第 186 条" })).toHaveClass("whitespace-nowrap");
    expect(screen.getByText("1 条记录")).toBeVisible();
  });

  it("says once where a unit was made, and how somebody signed in", async () => {
    answer(
      "auth",
      entry("9", {
        action: "unit.created",
        subject_kind: "unit",
        subject_id: PHYSICS,
        detail: `{"kind":"course","name":"Physics","path":"/${SCIENCE}/${PHYSICS}/"}`,
      }),
      entry("10", {
        action: "session.opened",
        subject_kind: "",
        subject_id: "",
        detail: '{"how":"activation_code"}',
      }),
    );
    renderPage(<AuditPage />);
    await screen.findByText("Science / Physics");
    expect(said()).toEqual(["kind: course", "name: Physics", "unit: Science / Physics"]);
    expect(screen.getByText("activation code")).toBeVisible();
  });

  it("says everything in one column where there is no room for more", async () => {
    vi.spyOn(window, "matchMedia").mockImplementation((query) =>
      Object.assign(new EventTarget(), {
        matches: query.includes("width < "),
        media: query,
        onchange: null,
        addListener: () => undefined,
        removeListener: () => undefined,
      }),
    );
    renderPage(<AuditPage />);
    await screen.findByText(/^Wei Chen/);
    expect(screen.getAllByRole("columnheader")).toHaveLength(1);
    expect(screen.getAllByRole("row")[1]).toHaveTextContent(
      /^Gave a roleWei Chen · Nov 24, 2026, .*rolemarkerunitScience \/ Physics/,
    );
    await expectAccessible();
  });

  it("names no subject where there is none", async () => {
    answer(
      "questions",
      entry("8", {
        action: "question.questions_frozen",
        subject_kind: "papers",
        subject_id: "",
        detail: '{"papers":1,"versions":21}',
      }),
    );
    await openPart("Questions");
    await screen.findByRole("rowheader", { name: "Froze questions into papers" });
    expect(said()).toEqual(["papers: 1", "versions: 21"]);
  });

  it("tells an empty log from a search without hits", async () => {
    answer("notifications");
    const { user } = await openPart("Messages");
    expect(await screen.findByText("No records yet")).toBeVisible();
    expect(screen.queryByText("Nothing found")).toBeNull();
    await expectAccessible();
    await user.type(screen.getByRole("searchbox"), "chen");
    expect(screen.getByText("Nothing found")).toBeVisible();
  });

  it("keeps the words and drops the act when another part is looked at, and says what holds", async () => {
    const { user } = renderPage(<AuditPage />);
    await screen.findByText("Wei Chen");
    expect(screen.queryByText("Only records with")).toBeNull();
    await user.selectOptions(screen.getByLabelText("Act"), "Gave a role");
    await user.type(screen.getByRole("searchbox"), "fire");
    expect(screen.getByRole("button", { name: "act: Gave a role, remove" })).toBeVisible();
    await user.selectOptions(screen.getByLabelText("Part"), "Exams, sittings, results");
    expect(await screen.findByText("fire alarm")).toBeVisible();
    expect(screen.queryByRole("button", { name: /^act:/ })).toBeNull();
    expect(screen.getByLabelText("Act")).toHaveDisplayValue("Any act");
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "words: fire, remove" }));
    expect(screen.getByRole("searchbox")).toHaveValue("");
    expect(screen.getByRole("searchbox")).toHaveFocus();
    expect(screen.queryByText("Only records with")).toBeNull();
  });
});
