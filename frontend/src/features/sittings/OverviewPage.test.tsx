import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Clash, LiveCounts, LiveList } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { useTestSockets } from "@/shared/test/sockets";
import { OverviewPage } from "./OverviewPage";

const counts: LiveCounts = {
  expected: 30,
  scheduled: 30,
  ready: 0,
  in_progress: 0,
  paused: 0,
  submitted: 0,
  terminated: 0,
  absent: 0,
  deferred: 0,
  withdrawn: 0,
  with_late_entries: 0,
  with_passed_over_entries: 0,
};
const clash: Clash = {
  candidate_id: "c1",
  candidate_number: "1001",
  candidate_name: "Lin Xiaoyu",
  sitting_id: "s2",
  title: "Chemistry",
  opens_at: "2099-11-24T02:00:00Z",
  window_ends_at: "2099-11-24T04:00:00Z",
};
const coming = sittingFor({
  phase: "upcoming",
  candidates: 30,
  opens_at: "2099-11-24T01:00:00Z",
  entry_closes_at: "2099-11-24T01:30:00Z",
  window_ends_at: "2099-11-24T03:00:00Z",
});

/** What the server says of the sitting's attempts and of candidates who are expected twice. */
function answer(change: Partial<LiveCounts>, clashes: Clash[] = []) {
  server.use(
    http.get("*/api/v1/exams/sittings/:sitting/attempts", () =>
      HttpResponse.json<LiveList>({
        counts: { ...counts, ...change },
        items: [],
        next: null,
        paused_at: null,
        rooms: [],
        server_time: new Date().toISOString(),
      }),
    ),
    http.get("*/api/v1/exams/sittings/:sitting/clashes", () => HttpResponse.json({ clashes })),
  );
}

beforeAll(() => loadTexts("sittings", "staff"));
beforeEach(() => {
  useTestSockets();
});

describe("a sitting at a glance", () => {
  it("names who is expected elsewhere at the same time, as far as one may know", async () => {
    signInAs("officer");
    const elsewhere = { ...clash, candidate_id: "c2", candidate_name: "Wu Min", title: null };
    answer({}, [clash, elsewhere]);
    renderPage(<OverviewPage sitting={coming} />);
    const hints = within(await screen.findByRole("region", { name: "Worth doing now" }));
    expect(
      await hints.findByText("2 candidates are expected elsewhere at the same time"),
    ).toBeVisible();
    expect(hints.getByText(/^Lin Xiaoyu: Chemistry, Nov 24, 2099, 10:00/)).toBeVisible();
    expect(hints.getByText(/^Wu Min: a sitting of another unit/)).toBeVisible();
    expect(hints.getByRole("link", { name: "Print admission codes" })).toBeVisible();
    await expectAccessible();
  });

  it("is called off with a reason only", async () => {
    signInAs("officer");
    answer({});
    const reasons: unknown[] = [];
    server.use(
      http.post("*/api/v1/exams/sittings/:sitting/cancel", async ({ request }) => {
        reasons.push(await request.json());
        return HttpResponse.json({ ...coming, cancelled_at: new Date().toISOString() });
      }),
    );
    const { user } = renderPage(<OverviewPage sitting={coming} />);
    await user.click(screen.getByRole("button", { name: "Call off" }));
    const dialog = within(screen.getByRole("dialog", { name: "Call this sitting off?" }));
    await user.click(dialog.getByRole("button", { name: "Call off" }));
    expect(dialog.getByLabelText("Reason")).toHaveAccessibleDescription(/Say why/);
    expect(reasons).toEqual([]);
    await expectAccessible();
    await user.click(dialog.getByLabelText("Reason"));
    await user.paste("The hall is flooded");
    await user.click(dialog.getByRole("button", { name: "Call off" }));
    expect(await screen.findByText("The sitting is called off.")).toBeVisible();
    expect(reasons).toEqual([{ reason: "The hall is flooded" }]);
  });

  it("tells an invigilator of late answers, and offers nothing that only an officer may do", async () => {
    signInAs("invigilator");
    answer({ with_late_entries: 1, submitted: 30 });
    renderPage(<OverviewPage sitting={sittingFor({ candidates: 30 })} />);
    expect(await screen.findByText("1 attempt has answers that came late")).toBeVisible();
    expect(screen.getByRole("link", { name: "Look" })).toBeVisible();
    expect(screen.queryByText(/went back/)).toBeNull();
    expect(screen.queryByRole("button", { name: "Call off" })).toBeNull();
    expect(screen.queryByRole("link", { name: "Change" })).toBeNull();
  });

  it("tells of answers that went back in a section without a way back", async () => {
    signInAs("officer");
    answer({ with_passed_over_entries: 2, submitted: 30 });
    renderPage(<OverviewPage sitting={sittingFor({ candidates: 30 })} />);
    expect(
      await screen.findByText(
        "2 attempts have answers that went back in a section without a way back",
      ),
    ).toBeVisible();
    expect(screen.getByRole("link", { name: "Look" })).toBeVisible();
  });
});
