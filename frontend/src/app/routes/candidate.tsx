import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { loadTexts } from "@/shared/i18n";
import { homeOf, requireAccount } from "../guards";
import { NoAccessPage } from "../shell/NoAccessPage";
import { rootRoute } from "./root";

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  beforeLoad: async ({ location }) => {
    throw redirect({ to: homeOf(await requireAccount(location)) });
  },
});

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = search["next"];
    // Only places of our own: `//elsewhere` and `https://elsewhere` are none.
    return typeof next === "string" && /^\/(?![/\\])/.test(next) ? { next } : {};
  },
  loader: () => loadTexts("sign-in"),
  component: lazyRouteComponent(() => import("./pages/SignInRoute"), "SignInRoute"),
});

const noAccess = createRoute({
  getParentRoute: () => rootRoute,
  path: "/no-access",
  component: NoAccessPage,
});

const my = createRoute({
  getParentRoute: () => rootRoute,
  path: "/my",
  beforeLoad: async ({ location }) => ({ account: await requireAccount(location) }),
  loader: () => loadTexts("lobby", "messages"),
  component: lazyRouteComponent(() => import("./pages/MyExamsRoute"), "MyExamsRoute"),
});

/** The player: no guard and no session, so that nothing but the candidate's own act can take it off the screen. */
const exam = createRoute({
  getParentRoute: () => rootRoute,
  path: "/exam/$attemptId",
  loader: () => loadTexts("attempt"),
  component: lazyRouteComponent(() => import("./pages/ExamRoute"), "ExamRoute"),
});

const review = createRoute({
  getParentRoute: () => rootRoute,
  path: "/exam/$attemptId/review",
  loader: () => loadTexts("review", "marking"),
  component: lazyRouteComponent(() => import("./pages/ReviewRoute"), "ReviewRoute"),
});

export const candidateRoutes = [home, signIn, noAccess, my, exam, review] as const;
