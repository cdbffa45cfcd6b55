import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, Suspense, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "@/shared/api";
import { Announcer, Loading, Toasts } from "@/shared/ui";
import type { startRouter } from "./router";

/** Draws the pages. In a transition, which React draws in slices instead of in one long task. */
export function draw(router: ReturnType<typeof startRouter>): void {
  const element = document.getElementById("root");
  if (element === null) throw new Error("index.html lacks its root element");
  const root = createRoot(element);
  startTransition(() =>
    root.render(
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <Suspense fallback={<Loading />}>
            <RouterProvider router={router} />
            <Announcer />
            <Toasts />
          </Suspense>
        </QueryClientProvider>
      </StrictMode>,
    ),
  );
}
