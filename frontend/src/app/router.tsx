import {
  createBrowserHistory,
  createRoute,
  createRouter,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { Loading } from "@/shared/ui";
import { candidateRoutes } from "./routes/candidate";
import { rootRoute } from "./routes/root";
import type { wholeTree } from "./routes/staffTree";
import { CrashPage } from "./shell/CrashPage";
import { NotFoundPage } from "./shell/NotFoundPage";

/**
 * The staff's pages are many, and a candidate needs none of them: their routes are fetched when the first one is
 * wanted. Until then a door stands in their place, which fetches them and lets the person through.
 */
const staffDoors = (["/author/$", "/officer/$", "/admin/$", "/messages/$"] as const).map((path) =>
  createRoute({
    getParentRoute: () => rootRoute,
    path,
    beforeLoad: async ({ location }) => {
      await openStaffPart();
      throw redirect({
        to: location.pathname,
        search: location.search,
        hash: location.hash,
        replace: true,
      });
    },
  }),
);

async function openStaffPart(): Promise<void> {
  await import("./routes/staffTree");
  if (router === null) return; // a door opens only in a running router
  // The root is the same object, now with other children: the router has to look at it anew. The door is still
  // known by its id, because the person stands in it at this moment.
  const known = router.routesById;
  const whole = router.buildRouteTree();
  const routesById = { ...known, ...whole.routesById } as unknown as typeof whole.routesById;
  router.setRoutes({ ...whole, routesById });
}

const firstTree = rootRoute.addChildren([...candidateRoutes, ...staffDoors]);

let router: ReturnType<typeof makeRouter> | null = null;

/** The page's way through its addresses. */
export const startHistory = (): RouterHistory => createBrowserHistory();

/** The one router of the page. */
export function startRouter(history: RouterHistory): NonNullable<typeof router> {
  router ??= makeRouter(history);
  return router;
}

function makeRouter(history: RouterHistory) {
  return createRouter({
    history,
    // Typed as the whole, which it becomes: links into the staff's pages are checked like all others.
    routeTree: firstTree as unknown as typeof wholeTree,
    defaultPreload: "intent",
    // Freshness is the query cache's business.
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: Loading,
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
