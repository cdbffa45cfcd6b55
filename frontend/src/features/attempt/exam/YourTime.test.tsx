import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { expectAccessible } from "@/shared/test/axe";
import { render } from "@/shared/test/render";
import { attemptFor } from "../testing";
import { YourTime } from "./YourTime";

it("says what the candidate's time is made of, each credit with its reason", async () => {
  const given_at = "2026-11-23T10:20:00.000000Z";
  const attempt = attemptFor({
    accommodation_seconds: 900,
    credits: [
      { seconds: 420, reason: "Fire alarm in room 12", given_at, outage: null },
      {
        seconds: 83,
        reason: "",
        given_at: "2026-11-23T10:41:25.000000Z",
        outage: { from: "2026-11-23T10:40:02.000000Z", until: "2026-11-23T10:41:25.000000Z" },
      },
    ],
    paused_seconds: 300,
  });
  render(<YourTime attempt={attempt} />);
  const terms = screen.getAllByRole("term").map((term) => term.textContent);
  const values = screen.getAllByRole("definition").map((value) => value.textContent);
  expect(terms).toEqual([
    "The exam",
    "Your arrangement",
    "Fire alarm in room 12",
    expect.stringMatching(/^Outage of the server, .*40:02.* to .*41:25.*$/),
    "Paused, not counted",
  ]);
  expect(values).toEqual([
    "1 hour",
    "+ 15 minutes",
    "+ 7 minutes",
    "+ 1 minute, 23 seconds",
    "5 minutes",
  ]);
  await expectAccessible();
});

it("says nothing where there is nothing but the exam's own time", () => {
  render(<YourTime attempt={attemptFor()} />);
  expect(screen.queryByText("Your time")).toBeNull();
});
