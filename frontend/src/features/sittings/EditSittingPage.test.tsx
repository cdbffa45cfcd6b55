import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { SittingChange } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { EditSittingPage } from "./EditSittingPage";

const coming = sittingFor({
  phase: "upcoming",
  version: 7,
  opens_at: "2099-11-24T01:00:00Z",
  entry_closes_at: "2099-11-24T01:30:00Z",
  window_ends_at: "2099-11-24T03:00:00Z",
});

let sent: SittingChange[];

beforeAll(() => loadTexts("sittings", "staff"));
beforeEach(() => {
  signInAs("officer");
  // A few zones are enough; an audit of the browser's four hundred takes half a minute.
  vi.spyOn(Intl, "supportedValuesOf").mockReturnValue(["America/New_York", "Asia/Shanghai"]);
  sent = [];
  server.use(
    http.put("*/api/v1/exams/sittings/:sitting", async ({ request }) => {
      const change = (await request.json()) as SittingChange;
      sent.push(change);
      return change.allow_clash
        ? HttpResponse.json({ ...coming, version: 8 })
        : refuse(409, "exam.sitting_clash", "Candidates are expected at another sitting.", {
            facts: {
              clashes: [
                {
                  candidate_id: "c1",
                  candidate_number: "1001",
                  candidate_name: "Lin Xiaoyu",
                  sitting_id: null,
                  title: null,
                  opens_at: "2099-11-24T01:00:00Z",
                  window_ends_at: "2099-11-24T03:00:00Z",
                },
              ],
            },
          });
    }),
  );
});

describe("changing a sitting", () => {
  it("puts nobody in two places at once unless the officer says so", async () => {
    const onDone = vi.fn();
    const { user } = renderPage(<EditSittingPage sitting={coming} onDone={onDone} />);
    expect(screen.queryByRole("checkbox", { name: "Change it all the same" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "Candidates are expected at another sitting.",
    );
    expect(screen.getByText(/^Lin Xiaoyu: a sitting of another unit, Nov 24, 2099/)).toBeVisible();
    expect(onDone).not.toHaveBeenCalled();
    await user.click(screen.getByRole("checkbox", { name: "Change it all the same" }));
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Save" }));
    await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    const same = {
      version: 7,
      title: "Physics, autumn",
      time_zone: "Asia/Shanghai",
      opens_at: coming.opens_at,
      entry_closes_at: coming.entry_closes_at,
      window_ends_at: coming.window_ends_at,
      duration_minutes: 90,
      grace_seconds: 30,
      start_spread_seconds: 0,
      takeover: "candidate",
      outage_credit_minutes_max: 60,
    };
    expect(sent).toEqual([same, { ...same, allow_clash: true }]);
  });

  it("sends no working time that isn't a number", async () => {
    const { user } = renderPage(<EditSittingPage sitting={coming} onDone={() => undefined} />);
    const duration = screen.getByLabelText("Working time");
    await user.clear(duration);
    await user.type(duration, "9o");
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(duration).toHaveAccessibleDescription("This isn't a number.");
    expect(sent).toEqual([]);
  });

  it("says what can still change once the sitting has opened, and moves no clock to another zone", async () => {
    renderPage(<EditSittingPage sitting={sittingFor()} onDone={() => undefined} />);
    expect(screen.getByText(/its times can only become later or longer/)).toBeVisible();
    expect(screen.getByLabelText("Time zone")).toBeDisabled();
    expect(screen.getByLabelText("Working time")).toBeEnabled();
  });
});
