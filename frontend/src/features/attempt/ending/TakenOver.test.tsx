import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { expectAccessible } from "@/shared/test/axe";
import { render } from "@/shared/test/render";
import type { Player } from "../player/Player";
import { initialState, type PlayerState, reduce } from "../player/state";
import { attemptFor } from "../testing";
import { TakenOver } from "./TakenOver";

const HEARD = new Date(Date.now() - 3.5 * 60_000).toISOString();
const elsewhere = { since: HEARD, lastHeardAt: HEARD, needsConsent: true, asked: false };

function draw(state: PlayerState) {
  const takeBack = vi.fn(async () => undefined);
  const player = { takeBack } as unknown as Player;
  return { takeBack, ...render(<TakenOver player={player} state={state} />) };
}

describe("an exam that is open on another device", () => {
  it("says since when and how long that one has been silent, and comes here when asked to", async () => {
    const state = reduce(initialState(attemptFor()), { type: "open_elsewhere", elsewhere });
    const { user, takeBack } = draw(state);
    expect(screen.getByText(/It was last heard of 3 minutes ago/)).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Go on here" }));
    expect(takeBack).toHaveBeenCalledOnce();
  });

  it("waits for an invigilator where one has to agree", () => {
    const attempt = attemptFor({ takeover: "invigilator" });
    const asked = { ...elsewhere, asked: true };
    const state = reduce(initialState(attempt), { type: "open_elsewhere", elsewhere: asked });
    draw(state);
    expect(screen.getByRole("status")).toHaveTextContent("An invigilator has been asked");
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("shows what was written here and isn't counted, to read and to copy", async () => {
    const taken = reduce(initialState(attemptFor()), {
      type: "writer_changed",
      writer: "another_device",
    });
    const words = "The moon pulls at the sea.";
    const state = reduce(taken, {
      type: "not_counted",
      answers: [{ question: "q2", number: 2, response: { type: "essay", text: words }, words }],
    });
    const { user } = draw(state);
    expect(screen.getByText(words)).toBeVisible();
    expect(screen.getByText("Not counted")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Copy the answer to Question 2" }));
    expect(await navigator.clipboard.readText()).toBe(words);
    await expectAccessible();
  });
});
