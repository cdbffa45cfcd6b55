import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render as draw, type RenderResult } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { type ReactElement, Suspense } from "react";

/** Draws a part of the page as the app would, with a person to use it. */
export function render(element: ReactElement): RenderResult & { user: UserEvent } {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const result = draw(
    <QueryClientProvider client={queries}>
      <Suspense>{element}</Suspense>
    </QueryClientProvider>,
  );
  return { ...result, user: userEvent.setup() };
}
