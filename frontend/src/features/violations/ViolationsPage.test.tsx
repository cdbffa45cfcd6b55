import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { useState } from "react";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type {
  AttemptViolations,
  Judgement,
  SittingViolations,
  Violation,
} from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { ViolationsPage } from "./ViolationsPage";

const of = (attempt_id: string, change: Partial<AttemptViolations>): AttemptViolations => ({
  attempt_id,
  candidate_id: `candidate ${attempt_id}`,
  recorded: 2,
  waiting: 0,
  confirmed: 0,
  dismissed: 2,
  left_out: 0,
  last_recorded_at: "2026-11-24T01:10:00Z",
  kinds: [],
  ...change,
});
const violation = (id: string, change: Partial<Violation> = {}): Violation => ({
  id,
  attempt_id: "a2",
  candidate_id: "candidate a2",
  sitting_id: "s1",
  kind: "tab_hidden",
  detail: "",
  duration_seconds: 95,
  recorded_at: "2026-11-24T01:10:00Z",
  judgement: null,
  judged_at: null,
  judged_by: null,
  note: "",
  ...change,
});
let violations: Violation[];
let heard: { id: string; judgement: Judgement; note: string }[];

beforeAll(() => loadTexts("violations", "staff"));
beforeEach(() => {
  heard = [];
  violations = [violation("v1"), violation("v2", { kind: "paste", duration_seconds: null })];
  const path = "*/api/v1/proctoring";
  server.use(
    http.get(`${path}/sittings/:sitting/attempts`, () =>
      HttpResponse.json({
        items: [of("a1", { recorded: 9 }), of("a2", { waiting: 2, dismissed: 0, left_out: 3 })],
        next: null,
      }),
    ),
    http.get(`${path}/sittings/:sitting/violations`, () =>
      HttpResponse.json<Pick<SittingViolations, "items" | "next">>({
        items: violations,
        next: null,
      }),
    ),
    http.post(`${path}/violations/:violation/judgement`, async ({ request, params }) => {
      const given = (await request.json()) as { judgement: Judgement; note: string };
      const id = String(params["violation"]);
      heard.push({ id, ...given });
      violations = violations.map((one) => (one.id === id ? { ...one, ...given } : one));
      return HttpResponse.json(violations.find((one) => one.id === id));
    }),
    http.get("*/api/v1/exams/sittings/:sitting/roster", () =>
      HttpResponse.json({
        items: [
          { attempt_id: "a1", candidate_name: "Lin Xiaoyu", candidate_number: "1001" },
          { attempt_id: "a2", candidate_name: "Wu Min", candidate_number: "1002" },
        ],
        next: null,
      }),
    ),
  );
});

function Page() {
  const [chosen, setChosen] = useState<string | null>(null);
  return <ViolationsPage sitting={sittingFor()} attemptId={chosen} onChoose={setChosen} />;
}

describe("violations", () => {
  it("are judged by a person, one by one; what is confirmed needs a reason", async () => {
    signInAs("invigilator");
    const { user } = renderPage(<Page />);
    // Who waits to be judged stands first, however much others have.
    await screen.findByRole("button", { name: /Wu Min/ });
    expect(screen.getAllByRole("rowheader").map((cell) => cell.textContent)).toEqual([
      "Wu Min1002",
      "Lin Xiaoyu1001",
    ]);
    expect(screen.getByText(/None of it proves anything/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: /Wu Min/ }));
    expect(await screen.findByText("3 more were counted and not kept.")).toBeVisible();
    const tab = await screen.findByText("The exam's tab wasn't visible");
    const item = (element: HTMLElement) => within(element.closest("li") ?? element);
    // On the clock of the hall.
    expect(item(tab).getByText(/9:10.* for 1 minute, 35 seconds$/)).toBeVisible();
    await expectAccessible();
    await user.click(item(tab).getByRole("button", { name: "Dismiss" }));
    expect(await screen.findByText("Dismissed")).toBeVisible();
    const paste = screen.getByText("Something was pasted");
    await user.click(item(paste).getByRole("button", { name: "Confirm" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Confirm this violation?" }));
    await user.click(dialog.getByRole("button", { name: "Confirm" }));
    expect(dialog.getByLabelText("Reason")).toHaveAccessibleDescription(/Say why/);
    await user.click(dialog.getByLabelText("Reason"));
    await user.paste("A paragraph from outside");
    await expectAccessible();
    await user.click(dialog.getByRole("button", { name: "Confirm" }));
    expect(await screen.findByText("A paragraph from outside")).toBeVisible();
    expect(heard).toEqual([
      { id: "v1", judgement: "dismissed", note: "" },
      { id: "v2", judgement: "confirmed", note: "A paragraph from outside" },
    ]);
  });

  it("say of each what went wrong with it, and not of the next", async () => {
    signInAs("officer");
    const { user } = renderPage(<Page />);
    await user.click(await screen.findByRole("button", { name: /Wu Min/ }));
    server.use(
      http.post("*/api/v1/proctoring/violations/v1/judgement", () =>
        refuse(503, "server.unavailable", ""),
      ),
    );
    const [dismiss] = await screen.findAllByRole("button", { name: "Dismiss" });
    if (dismiss) await user.click(dismiss);
    expect(await screen.findByText(/^The server is busy/)).toBeVisible();
    const [, confirm] = screen.getAllByRole("button", { name: "Confirm" });
    if (confirm) await user.click(confirm);
    expect(within(await screen.findByRole("dialog")).queryByRole("alert")).toBeNull();
  });

  it("are none when nothing was noticed", async () => {
    signInAs("officer");
    server.use(
      http.get("*/api/v1/proctoring/sittings/:sitting/attempts", () =>
        HttpResponse.json({ items: [], next: null }),
      ),
    );
    renderPage(<Page />);
    expect(await screen.findByText("Nothing was noticed")).toBeVisible();
    await expectAccessible();
  });
});
