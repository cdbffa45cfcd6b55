import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, describe, expect, it } from "vitest";
import { SittingFrame } from "@/features/sittings/SittingFrame";
import { loadTexts } from "@/shared/i18n";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { StaffShell } from "./StaffShell";

beforeAll(() => loadTexts("common", "nav", "messages", "sittings", "staff"));

/** What is marked as current at an address, in one of the page's navigations. */
async function markedAt(address: string, navigation: string): Promise<(string | null)[]> {
  signInAs("admin");
  server.use(
    http.get("*/api/v1/notifications", () =>
      HttpResponse.json({ items: [], next: null, unread: 0 }),
    ),
  );
  const root = createRootRoute({ component: StaffShell });
  const anyPage = createRoute({
    getParentRoute: () => root,
    path: "$",
    component: () => <SittingFrame sitting={sittingFor({ id: "s1" })}>{null}</SittingFrame>,
  });
  const router = createRouter({
    routeTree: root.addChildren([anyPage]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  const { unmount } = render(
    <QueryClientProvider
      client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}
    >
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  const marked = within(await screen.findByRole("navigation", { name: navigation }))
    .getAllByRole("link")
    .filter((link) => link.hasAttribute("aria-current"))
    .map((link) => link.textContent);
  unmount();
  return marked;
}

describe("the staff's navigation", () => {
  it("marks a part on all of its pages that it doesn't list, and a listed page itself", async () => {
    const marked = (address: string) => markedAt(address, "Main navigation");
    expect(await marked("/officer")).toEqual(["Sittings"]);
    expect(await marked("/officer/new")).toEqual(["Sittings"]);
    expect(await marked("/officer/sittings/s1/live")).toEqual(["Sittings"]);
    expect(await marked("/officer/people")).toEqual(["People"]);
    expect(await marked("/admin/users/u1")).toEqual(["People"]);
  });

  it("marks a sitting's roster where its codes are", async () => {
    const marked = (address: string) => markedAt(address, "Pages of this sitting");
    expect(await marked("/officer/sittings/s1/codes")).toEqual(["Roster"]);
    expect(await marked("/officer/sittings/s1/roster/import")).toEqual(["Roster"]);
    expect(await marked("/officer/sittings/s1")).toEqual(["Overview"]);
  });
});
