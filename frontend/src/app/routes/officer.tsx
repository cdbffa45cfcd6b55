import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { PART_ROLES, requireRole } from "../guards";
import { staffRoute } from "./staff";

const officer = createRoute({
  getParentRoute: () => staffRoute,
  path: "/officer",
  beforeLoad: async ({ location }) => ({
    account: await requireRole(location, ...PART_ROLES.officer),
  }),
});

const index = createRoute({
  getParentRoute: () => officer,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/OfficerIndexRoute"), "OfficerIndexRoute"),
});

export const officerRoutes = officer.addChildren([index]);
