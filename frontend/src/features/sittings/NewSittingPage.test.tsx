import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ExamSummary, NewSitting, Sitting } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { NewSittingPage } from "./NewSittingPage";

const exam = (title: string, change: Partial<ExamSummary> = {}): ExamSummary => ({
  id: `exam ${title}`,
  title,
  duration_minutes: 90,
  item_count: 20,
  section_count: 1,
  publication_id: `publication ${title}`,
  unit_id: null,
  updated_at: "2026-09-01T00:00:00Z",
  archived_at: null,
  ...change,
});

beforeAll(() => loadTexts("sittings", "staff"));
beforeEach(() => {
  signInAs("officer");
  // A few zones are enough; an audit of the browser's four hundred takes half a minute.
  vi.spyOn(Intl, "supportedValuesOf").mockReturnValue(["America/New_York", "Asia/Shanghai"]);
  // The officer's own clock hangs in New York.
  vi.stubEnv("TZ", "America/New_York");
  server.use(
    http.get("*/api/v1/exams", () =>
      HttpResponse.json({
        items: [exam("Physics"), exam("Draft", { publication_id: null })],
        next: null,
      }),
    ),
    http.get("*/api/v1/exams/:exam/publications/:publication", () =>
      HttpResponse.json({ forms: [{ form_no: 1 }] }),
    ),
  );
});

/** Chooses Physics and goes on to its times. */
async function atTheTimes() {
  const onScheduled = vi.fn<(sitting: Sitting) => void>();
  const page = renderPage(<NewSittingPage replaces={null} onScheduled={onScheduled} />);
  await page.user.click(await screen.findByRole("radio", { name: /Physics/ }));
  await page.user.click(screen.getByRole("button", { name: "Next" }));
  return { ...page, onScheduled };
}
/** Writes a date and time as the browser's own field does: all of it at once. */
async function write(user: Awaited<ReturnType<typeof atTheTimes>>["user"], at: string) {
  const field = screen.getByLabelText("Opens");
  await user.clear(field);
  await user.type(field, at);
}

describe("scheduling a sitting", () => {
  it("sends the moments that clocks at the place mean, not those of the officer's own", async () => {
    const sent: NewSitting[] = [];
    server.use(
      http.post("*/api/v1/exams/sittings", async ({ request }) => {
        sent.push((await request.json()) as NewSitting);
        return HttpResponse.json(sittingFor({ id: "new" }), { status: 201 });
      }),
    );
    const { user, onScheduled } = await atTheTimes();
    await user.selectOptions(screen.getByLabelText("Time zone"), "Asia/Shanghai");
    await write(user, "2026-11-24T09:00");
    expect(screen.getByLabelText("Opens")).toHaveAccessibleDescription(
      /Tuesday · on your clock: Nov 23, 2026, 8:00\sPM/,
    );
    await user.click(screen.getByRole("button", { name: "Next" }));
    const summary = screen.getByText(
      /Nov 24, 2026 · 1 hour, 30 minutes working time/,
    ).parentElement;
    expect(
      within(summary ?? document.body)
        .getAllByRole("listitem")
        .map((item) => item.textContent?.replaceAll("\u202f", " ")),
    ).toEqual([
      "9:00 AMOpens",
      "9:30 AMEntry closes",
      "11:00 AMEnds for everybody without extra time",
    ]);
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Schedule" }));
    await vi.waitFor(() => expect(onScheduled).toHaveBeenCalledOnce());
    expect(sent).toEqual([
      {
        exam_id: "exam Physics",
        title: "Physics",
        time_zone: "Asia/Shanghai",
        opens_at: "2026-11-24T01:00:00.000Z",
        entry_closes_at: "2026-11-24T01:30:00.000Z",
        window_ends_at: "2026-11-24T03:00:00.000Z",
        duration_minutes: 90,
        grace_seconds: 30,
        start_spread_seconds: 0,
        takeover: "candidate",
        outage_credit_minutes_max: 60,
        practice: false,
        forms: [],
        replaces_id: null,
      },
    ]);
  });

  it("offers no exam that isn't published, and no way on without one", async () => {
    renderPage(<NewSittingPage replaces={null} onScheduled={() => undefined} />);
    expect(await screen.findByRole("radio", { name: /Draft/ })).toBeDisabled();
    expect(screen.getByRole("button", { name: "Next" })).toBeDisabled();
    await expectAccessible();
  });

  it("takes no time that clocks skip there", async () => {
    const { user } = await atTheTimes();
    await write(user, "2027-03-14T02:30");
    expect(screen.getByLabelText("Opens")).toHaveAccessibleDescription(
      /Clocks skip this time there/,
    );
    expect(screen.getByRole("button", { name: "Next" })).toBeDisabled();
  });

  it("goes on with no working time that isn't a number", async () => {
    const { user } = await atTheTimes();
    const duration = screen.getByLabelText("Working time");
    await user.clear(duration);
    await user.type(duration, "9o");
    await user.click(screen.getByRole("button", { name: "Next" }));
    expect(duration).toHaveAccessibleDescription("This isn't a number.");
    expect(duration).toBeVisible();
  });

  it("leads back to the field that the server refuses", async () => {
    server.use(
      http.post("*/api/v1/exams/sittings", () =>
        refuse(422, "request.invalid", "The sitting can't be scheduled so.", {
          errors: [
            { field: "opens_at", code: "exam.too_far_ahead", message: "This is too far ahead." },
          ],
        }),
      ),
    );
    const { user } = await atTheTimes();
    await user.click(screen.getByRole("button", { name: "Next" }));
    await user.click(screen.getByRole("button", { name: "Schedule" }));
    expect(await screen.findByLabelText("Opens")).toHaveAccessibleDescription(
      /This is too far ahead/,
    );
    expect(screen.getByText("Time").closest("[aria-current=step]")).not.toBeNull();
  });
});
