import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { PART_ROLES, requireRole } from "../guards";
import { staffRoute } from "./staff";

const admin = createRoute({
  getParentRoute: () => staffRoute,
  path: "/admin",
  beforeLoad: async ({ location }) => ({
    account: await requireRole(location, ...PART_ROLES.admin),
  }),
});

const index = createRoute({
  getParentRoute: () => admin,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/AdminIndexRoute"), "AdminIndexRoute"),
});

export const adminRoutes = admin.addChildren([index]);
