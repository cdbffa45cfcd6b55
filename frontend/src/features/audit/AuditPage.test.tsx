import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AuditEntry } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { AuditPage } from "./AuditPage";

const NAMES = { chen: "Wei Chen", he: "He Yun" };

const entry = (id: string, change: Partial<AuditEntry>): AuditEntry => ({
  id,
  seq: null,
  at: "2026-11-24T01:00:00Z",
  action: "role.granted",
  actor_kind: "account",
  actor_id: "chen",
  subject_kind: "account",
  subject_id: "subject-1",
  detail: '{"role":"marker","unit":"/physics/"}',
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
    http.get("*/api/v1/auth/people", ({ request }) => {
      const ids = new URL(request.url).searchParams.get("ids")?.split(",") ?? [];
      const items = Object.entries(NAMES)
        .filter(([id]) => ids.includes(id))
        .map(([id, display_name]) => ({ id, display_name }));
      return HttpResponse.json({ items, next: null });
    }),
  );
});

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
    expect(first?.getByText("/physics/")).toBeVisible();
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
});
