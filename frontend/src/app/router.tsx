import { createRouter } from "@tanstack/react-router";
import { Loading } from "@/shared/ui";
import { adminRoutes } from "./routes/admin";
import { authorRoutes } from "./routes/author";
import { candidateRoutes } from "./routes/candidate";
import { officerRoutes } from "./routes/officer";
import { rootRoute } from "./routes/root";
import { staffRoute } from "./routes/staff";
import { CrashPage } from "./shell/CrashPage";
import { NotFoundPage } from "./shell/NotFoundPage";

const routeTree = rootRoute.addChildren([
  ...candidateRoutes,
  staffRoute.addChildren([authorRoutes, officerRoutes, adminRoutes]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  // Freshness is the query cache's business.
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: Loading,
  defaultErrorComponent: CrashPage,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
