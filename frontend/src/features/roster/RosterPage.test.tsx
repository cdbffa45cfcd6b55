import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FoundPerson, IssuedCodes, RosterEntry } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { RosterPage } from "./RosterPage";

const entry = (number: string, name: string, change: Partial<RosterEntry> = {}): RosterEntry => ({
  attempt_id: `attempt-${number}`,
  candidate_id: `candidate-${number}`,
  candidate_number: number,
  candidate_name: name,
  room: "",
  roster_status: "expected",
  state: "scheduled",
  extra_percent: 0,
  extra_minutes: 0,
  credit_seconds: 0,
  form_no: 1,
  ...change,
});

let roster: RosterEntry[];
let heard: unknown[];

const lin = entry("1001", "Lin Xiaoyu");
const path = "*/api/v1/exams/sittings/:sitting";

beforeAll(() => loadTexts("roster", "staff"));
beforeEach(() => {
  signInAs("officer");
  roster = [lin, entry("1002", "Wu Min", { extra_percent: 25, credit_seconds: 300 })];
  heard = [];
  /** Takes a change of Lin's place as the server does. */
  const change = async (request: Request, what: Partial<RosterEntry>) => {
    heard.push(await request.json());
    roster = roster.map((one) => (one.attempt_id === lin.attempt_id ? { ...one, ...what } : one));
    return HttpResponse.json(roster[0]);
  };
  server.use(
    http.get(`${path}/roster`, () => HttpResponse.json({ items: roster, next: null })),
    http.put(`${path}/attempts/attempt-1001/accommodation`, ({ request }) =>
      change(request, { extra_percent: 25, extra_minutes: 10 }),
    ),
    http.put(`${path}/roster/attempt-1001`, ({ request }) =>
      change(request, { roster_status: "deferred" }),
    ),
  );
});

const row = (name: string) => within(screen.getByRole("row", { name: new RegExp(name) }));
/** Opens what can be done for Lin Xiaoyu, and does it. */
async function forLin(user: ReturnType<typeof renderPage>["user"], act: string) {
  await user.click(await screen.findByRole("button", { name: "What can be done for Lin Xiaoyu" }));
  await user.click(await screen.findByRole("menuitem", { name: act }));
}

describe("the roster", () => {
  it("shows each candidate's extra time, and sets it by accommodation, here and from now on", async () => {
    const { user } = renderPage(<RosterPage sitting={sittingFor()} />);
    expect(await screen.findByText("25 % · given 5 min")).toBeVisible();
    await expectAccessible();
    await forLin(user, "Extra time by accommodation");
    const dialog = within(await screen.findByRole("dialog", { name: "Extra time for Lin Xiaoyu" }));
    const percent = dialog.getByLabelText("In per cent of the working time");
    expect(percent).toHaveFocus();
    await user.clear(percent);
    await user.paste("25");
    const minutes = dialog.getByLabelText("In minutes");
    await user.clear(minutes);
    await user.paste("10");
    await user.click(dialog.getByRole("checkbox", { name: "Also for sittings to come" }));
    await expectAccessible();
    await user.click(dialog.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Extra time of Lin Xiaoyu is set.")).toBeVisible();
    expect(heard).toEqual([{ extra_percent: 25, extra_minutes: 10, standing: true }]);
    expect(await row("Lin Xiaoyu").findByText("25 % · 10 min")).toBeVisible();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("sends no extra time that isn't a number", async () => {
    const { user } = renderPage(<RosterPage sitting={sittingFor()} />);
    await forLin(user, "Extra time by accommodation");
    const dialog = within(await screen.findByRole("dialog"));
    const percent = dialog.getByLabelText("In per cent of the working time");
    await user.clear(percent);
    await user.type(percent, "2o");
    expect(percent).toHaveAccessibleDescription("This isn't a number.");
    await user.click(dialog.getByRole("button", { name: "Save" }));
    expect(heard).toEqual([]);
    expect(percent).toBeVisible();
  });

  it("defers a candidate with a reason only", async () => {
    const { user } = renderPage(<RosterPage sitting={sittingFor()} />);
    await forLin(user, "Defer");
    const dialog = within(await screen.findByRole("dialog", { name: "Defer Lin Xiaoyu?" }));
    await user.click(dialog.getByRole("button", { name: "Defer" }));
    expect(dialog.getByLabelText("Reason")).toHaveAccessibleDescription(/Say why/);
    await user.click(dialog.getByLabelText("Reason"));
    await user.paste("Ill, with a certificate");
    await user.click(dialog.getByRole("button", { name: "Defer" }));
    expect(await screen.findByText("Lin Xiaoyu is deferred.")).toBeVisible();
    expect(heard).toEqual([{ status: "deferred", reason: "Ill, with a certificate" }]);
    expect(await row("Lin Xiaoyu").findByText("Deferred")).toBeVisible();
  });

  it("makes one candidate a new code after a question, and shows it this once", async () => {
    server.use(
      http.post("*/api/v1/auth/sittings/:sitting/admission-codes", async ({ request }) => {
        heard.push(await request.json());
        return HttpResponse.json<IssuedCodes>({
          sitting_id: "s1",
          title: "Physics",
          kept: 0,
          issued: [
            {
              attempt_id: lin.attempt_id,
              candidate_id: lin.candidate_id,
              candidate_name: lin.candidate_name,
              number: "1001",
              code: "K7QM-3XPA",
              opens_at: "2026-11-24T01:00:00Z",
            },
          ],
        });
      }),
    );
    const { user } = renderPage(<RosterPage sitting={sittingFor()} />);
    await forLin(user, "New admission code");
    const asking = await screen.findByRole("dialog", {
      name: "New admission code for Lin Xiaoyu?",
    });
    expect(asking).toHaveAccessibleDescription(/printed before stops working at once/);
    expect(heard).toEqual([]);
    await user.click(within(asking).getByRole("button", { name: "Make the code" }));
    const dialog = await screen.findByRole("dialog", { name: "Admission code for Lin Xiaoyu" });
    expect(within(dialog).getByRole("textbox", { name: "Admission code" })).toHaveValue(
      "K7QM-3XPA",
    );
    expect(dialog).toHaveAccessibleDescription(/This one is shown once/);
    expect(heard).toEqual([{ which: "candidates", candidates: ["candidate-1001"] }]);
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "I have it" }));
    expect(screen.queryByDisplayValue("K7QM-3XPA")).toBeNull();
  });

  it("takes on people who have accounts, and two places at once only when the officer says so", async () => {
    const person: FoundPerson = {
      id: "candidate-1003",
      display_name: "He Yun",
      username: "heyun",
      number: "1003",
      status: "active",
    };
    const known = { ...person, id: lin.candidate_id, display_name: "Lin Xiaoyu", number: "1001" };
    server.use(
      http.get("*/api/v1/auth/people", () =>
        HttpResponse.json({ items: [known, person], next: null }),
      ),
      http.post(`${path}/roster`, async ({ request }) => {
        const body = (await request.json()) as { allow_clash: boolean };
        heard.push(body);
        return body.allow_clash
          ? HttpResponse.json({ enrolled: 1, already_enrolled: 0 })
          : refuse(409, "exam.sitting_clash", "He Yun is expected at another sitting.");
      }),
    );
    const { user } = renderPage(<RosterPage sitting={sittingFor()} />);
    await screen.findByText("Wu Min");
    await user.click(screen.getByRole("button", { name: "Add people" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Add people to the roster" }));
    await user.type(dialog.getByRole("searchbox", { name: "Name or number" }), "y");
    expect(await dialog.findByRole("button", { name: "Add Lin Xiaoyu" })).toBeDisabled();
    await user.click(dialog.getByRole("button", { name: "Add He Yun" }));
    await user.click(dialog.getByRole("button", { name: "Add 1 person" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("expected at another sitting");
    await user.click(dialog.getByRole("checkbox", { name: /Enrol candidates who are expected/ }));
    await expectAccessible();
    await user.click(dialog.getByRole("button", { name: "Add 1 person" }));
    expect(await screen.findByText("1 candidate is new on the roster.")).toBeVisible();
    expect(heard).toEqual([
      { account_ids: ["candidate-1003"], allow_clash: false },
      { account_ids: ["candidate-1003"], allow_clash: true },
    ]);
  });

  it("can be read by an invigilator, and changed by none", async () => {
    signInAs("invigilator");
    renderPage(<RosterPage sitting={sittingFor()} />);
    expect(await screen.findByText("Lin Xiaoyu")).toBeVisible();
    expect(screen.queryByRole("button", { name: /What can be done/ })).toBeNull();
    expect(screen.queryByRole("link", { name: "Import" })).toBeNull();
  });
});
