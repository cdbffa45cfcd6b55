import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectAccessible } from "@/shared/test/axe";
import { render } from "@/shared/test/render";
import { deviceZone, moment } from "@/shared/time";
import type { Player } from "../player/Player";
import type { PlayerState } from "../player/state";
import { attemptFor } from "../testing";
import { Lobby } from "./Lobby";

const OPENS = "2026-11-23T08:00:00Z";
const CLOSES = "2099-12-31T23:30:00Z";

function open(time_zone: string, entry_closes_at: string) {
  const attempt = attemptFor({ state: "ready", opens_at: OPENS, entry_closes_at, time_zone });
  // What else there is of a player and its state matters once the exam has begun.
  const state = { attempt, reachable: true } as PlayerState;
  render(<Lobby player={{} as Player} state={state} home={null} />);
  return screen.getByText("Opens").closest("div");
}

describe("the lobby", () => {
  it("says the day, too, until which an exam can be entered for days", async () => {
    expect(open(deviceZone(), CLOSES)).toHaveTextContent(
      new RegExp(`${moment(OPENS, "en")}Entry until ${moment(CLOSES, "en")}$`),
    );
    await expectAccessible();
  });

  it("counts down to the candidate's own start where starts are spread, and lets nobody start before", () => {
    const starts_at = new Date(Date.now() + 40_000).toISOString();
    const attempt = attemptFor({
      state: "ready",
      opens_at: OPENS,
      entry_closes_at: CLOSES,
      starts_at,
    });
    const state = { attempt, reachable: true } as PlayerState;
    render(<Lobby player={{} as Player} state={state} home={null} />);
    expect(screen.getByText("You can start in")).toBeVisible();
    expect(screen.getByRole("timer")).toHaveTextContent(/^0:(3\d|4[01])$/);
    expect(screen.getByText(/You have your whole time/)).toBeVisible();
    expect(screen.getByRole("button", { name: "Start the exam" })).toBeDisabled();
  });

  it("holds the start while everybody is paused", () => {
    const attempt = attemptFor({
      state: "ready",
      opens_at: OPENS,
      entry_closes_at: CLOSES,
      sitting_paused: true,
    });
    const state = { attempt, reachable: true } as PlayerState;
    render(<Lobby player={{} as Player} state={state} home={null} />);
    expect(screen.getByText("The exam is paused for everybody")).toBeVisible();
    expect(screen.getByRole("button", { name: "Start the exam" })).toBeDisabled();
  });

  it("says the time alone on the day of the opening", () => {
    expect(open("UTC", "2026-11-23T09:30:00Z")).toHaveTextContent(/Entry until 9:30\sAM/);
  });

  it("says both times on this device's clock where the exam's clocks are others", () => {
    expect(open("Pacific/Kiritimati", CLOSES)).toHaveTextContent(
      new RegExp(
        `On your clock: ${moment(OPENS, "en")}Entry until Jan 1, 2100, 1:30\\sPMOn your clock: ${moment(CLOSES, "en")}$`,
      ),
    );
  });
});
