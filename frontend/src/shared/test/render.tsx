import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render as draw, type RenderResult } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { type ReactElement, type ReactNode, Suspense } from "react";

/** Draws a part of the page as the app would, with a person to use it. */
export function render(element: ReactElement): RenderResult & { user: UserEvent } {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>
      <Suspense>{children}</Suspense>
    </QueryClientProvider>
  );
  const drawn: RenderResult = draw(element, { wrapper });
  return { ...drawn, user: userEvent.setup() };
}
