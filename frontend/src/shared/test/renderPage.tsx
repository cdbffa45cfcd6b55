import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
} from "@tanstack/react-router";
import { render as draw, type RenderResult } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { type ReactElement, Suspense } from "react";
import { Announcer, Toasts } from "../ui";

/**
 * Draws a page that holds links, as the app would, with a person to use it. Where a link leads to isn't drawn; `here`
 * tells the address that it would have.
 */
export function renderPage(
  element: ReactElement,
): RenderResult & { user: UserEvent; here: () => string } {
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: 10_000 } },
  });
  const router = createRouter({
    routeTree: createRootRoute(),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  const result = draw(
    <QueryClientProvider client={queries}>
      <RouterContextProvider router={router as never}>
        <Suspense>
          <main>{element}</main>
          <Announcer />
          <Toasts />
        </Suspense>
      </RouterContextProvider>
    </QueryClientProvider>,
  );
  return { ...result, user: userEvent.setup(), here: () => router.history.location.href };
}
