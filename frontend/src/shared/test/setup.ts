import "fake-indexeddb/auto";
import "@testing-library/jest-dom/vitest";
import { cleanup, configure, fireEvent, screen, within } from "@testing-library/react";
import { afterAll, afterEach, beforeAll } from "vitest";

// A machine that also compiles is slow; a test that finds what it waits for goes on at once.
configure({ asyncUtilTimeout: 10_000 });

// jsdom lacks these; they are what the components ask the browser for.
window.matchMedia ??= (query: string) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollIntoView ??= () => undefined;
Element.prototype.hasPointerCapture ??= () => false;

const { startI18n, loadTexts } = await import("../i18n");
const { server } = await import("./server");

beforeAll(async () => {
  await startI18n("en");
  await loadTexts("account", "attempt", "lobby", "marking", "review", "sign-in");
  // A request that no test foresaw is a mistake in the test or in the code.
  server.listen({ onUnhandledRequest: "error" });
});
afterEach(() => {
  // Notices outlive the page that gave rise to them: the next test begins without.
  for (const notices of screen.queryAllByLabelText("Notices"))
    for (const close of within(notices).queryAllByRole("button")) fireEvent.click(close);
  cleanup();
  server.resetHandlers();
});
afterAll(() => server.close());
