import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { PART_ROLES, requireRole } from "../guards";
import { staffRoute } from "./staff";

const author = createRoute({
  getParentRoute: () => staffRoute,
  path: "/author",
  beforeLoad: async ({ location }) => ({
    account: await requireRole(location, ...PART_ROLES.author),
  }),
});

const index = createRoute({
  getParentRoute: () => author,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/AuthorIndexRoute"), "AuthorIndexRoute"),
});

export const authorRoutes = author.addChildren([index]);
