import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import type { MyAttempt } from "@/shared/api";
import { expectAccessible } from "@/shared/test/axe";
import { render } from "@/shared/test/render";
import { server } from "@/shared/test/server";
import { deviceZone, moment } from "@/shared/time";
import { grouped } from "./group";
import { type ExamLinkProps, MyExamsPage } from "./MyExamsPage";

const HOUR_MS = 3_600_000;

/** Half an hour before midnight "until" would name the next day. The signs of these zones are those of POSIX. */
function whereItIsNoon(): string {
  const west = new Date().getUTCHours() - 12;
  return west < 0 ? `Etc/GMT${String(west)}` : `Etc/GMT+${String(west)}`;
}

function mine(title: string, hoursFromNow: number, change: Partial<MyAttempt> = {}): MyAttempt {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
  return {
    attempt_id: title,
    sitting_id: "s1",
    title,
    state: "scheduled",
    opens_at: at(hoursFromNow),
    entry_closes_at: at(hoursFromNow + 0.5),
    window_ends_at: at(hoursFromNow + 2),
    closed: false,
    deferred: false,
    cancelled: false,
    practice: false,
    time_zone: "Asia/Shanghai",
    duration_seconds: 5_400,
    extra_seconds: 0,
    deadline: null,
    released: false,
    score: null,
    points_max: null,
    ...change,
  };
}
const ExamLink = ({ attempt, to, className, children }: ExamLinkProps) => (
  <a href={`/${to}/${attempt.attempt_id}`} className={className}>
    {children}
  </a>
);
const answer = (...items: MyAttempt[]) =>
  server.use(
    http.get("*/api/v1/exams/me/attempts", () => HttpResponse.json({ items, next: null })),
  );
const signedIn = () =>
  server.use(
    http.post("*/api/v1/auth/refresh", () =>
      HttpResponse.json({
        access_token: "t",
        expires_in_seconds: 600,
        account: {
          id: "1",
          username: "li",
          display_name: "Li",
          roles: [],
          must_change_password: false,
        },
      }),
    ),
  );

describe("my exams", () => {
  it("puts each exam where it belongs, with the way in", async () => {
    signedIn();
    answer(
      mine("Running", -1, { state: "in_progress" }),
      mine("Tomorrow", 24),
      mine("Soon", 0.5),
      mine("Marked", -48, { state: "submitted", released: true, score: 41.5, points_max: 50 }),
      mine("Waiting for results", -24, { state: "submitted" }),
    );
    render(<MyExamsPage name="Li" ExamLink={ExamLink} />);
    const now = within(await screen.findByRole("region", { name: "Now" }));
    expect(now.getByRole("link", { name: "Go on" })).toHaveAttribute("href", "/exam/Running");
    expect(now.getByRole("link", { name: "Enter" })).toHaveAttribute("href", "/exam/Soon");
    const past = within(screen.getByRole("region", { name: "Past" }));
    expect(past.getByText("41.5 / 50")).toBeVisible();
    expect(past.getByText("The results aren't out yet.")).toBeVisible();
    expect(past.getByRole("link", { name: "Result and review" })).toHaveAttribute(
      "href",
      "/review/Marked",
    );
    await expectAccessible();
  });

  it("names the zone, and the time on this device, where the exam's clocks aren't this device's", async () => {
    signedIn();
    answer(
      mine("Here", 24, { time_zone: deviceZone() }),
      mine("Far away", 48, { time_zone: "Pacific/Kiritimati" }),
    );
    render(<MyExamsPage name="Li" ExamLink={ExamLink} />);
    const [here, away] = await screen.findAllByRole("article");
    expect(here).not.toHaveTextContent("on your clock");
    expect(away).toHaveTextContent(/Pacific\/Kiritimati \(GMT\+14\) · on your clock: /);
  });

  it("says that one is open, and until when it can be entered", async () => {
    signedIn();
    const time_zone = whereItIsNoon();
    answer(
      mine("Open", -0.25, { state: "ready", time_zone }),
      mine("Soon", 0.5, { state: "ready" }),
    );
    render(<MyExamsPage name="Li" ExamLink={ExamLink} />);
    const [open, soon] = await screen.findAllByRole("article");
    expect(open).toHaveTextContent(/Open now.*Entry until \d/);
    expect(soon).toHaveTextContent(/Checked in.*Opens in/);
  });

  it("says the day, too, until which one can be entered for days, and that on this device's clock", async () => {
    signedIn();
    const open = (title: string, opens: string, closes: string, time_zone: string) =>
      mine(title, 0, { state: "ready", opens_at: opens, entry_closes_at: closes, time_zone });
    const [opens, closes] = ["2026-01-05T08:00:00Z", "2099-12-31T23:30:00Z"];
    answer(
      open("Here", opens, closes, deviceZone()),
      open("Far away", opens, closes, "Pacific/Kiritimati"),
    );
    render(<MyExamsPage name="Li" ExamLink={ExamLink} />);
    const [here, away] = await screen.findAllByRole("article");
    expect(here).toHaveTextContent(`Entry until ${moment(closes, "en")}`);
    expect(here).not.toHaveTextContent("on your clock");
    expect(away).toHaveTextContent(
      new RegExp(`Entry until Jan 1, 2100, 1:30\\sPM · on your clock: ${moment(closes, "en")}`),
    );
    await expectAccessible();
  });

  it("helps when there are none", async () => {
    signedIn();
    answer();
    render(<MyExamsPage name="Li" ExamLink={ExamLink} />);
    expect(await screen.findByText("No exams yet")).toBeVisible();
    await expectAccessible();
  });

  it("an exam that was never entered is past once entry has closed", () => {
    expect(grouped([mine("Missed", -3)], Date.now()).over).toHaveLength(1);
  });
});
