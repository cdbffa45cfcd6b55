import { describe, expect, it } from "vitest";
import { reconnectAfter } from "./reconnect";

describe("a socket that closed", () => {
  it("comes back at once, after a moment of its own, when it was told to move", () => {
    expect(reconnectAfter(1012, 30_000, 0)).toBe(0);
    expect(reconnectAfter(1012, 30_000, 0.5)).toBe(1_000);
  });

  it("waits longer and longer when the server is away", () => {
    expect(reconnectAfter(1006, 1_000, 0)).toBe(500);
    expect(reconnectAfter(1006, 8_000, 0.5)).toBe(8_000);
  });
});
