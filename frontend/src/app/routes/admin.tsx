import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { loadTexts } from "@/shared/i18n";
import { PART_ROLES, requireRole } from "../guards";
import { NotFound } from "../shell/NotFoundPage";
import { staffRoute } from "./staff";

/** A page that can't be fetched says so inside the frame, which stays. */
const inFrame = {
  errorComponent: lazyRouteComponent(() => import("./pages/StaffProblem"), "StaffProblem"),
};

const admin = createRoute({
  getParentRoute: () => staffRoute,
  path: "/admin",
  notFoundComponent: NotFound,
  beforeLoad: async ({ location }) => ({
    account: await requireRole(location, ...PART_ROLES.admin),
  }),
  loader: () => loadTexts("staff"),
});

const index = createRoute({
  getParentRoute: () => admin,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/admin/users", replace: true });
  },
});
const users = createRoute({
  getParentRoute: () => admin,
  ...inFrame,
  path: "/users",
  loader: () => loadTexts("people"),
  component: lazyRouteComponent(() => import("./pages/admin/UsersRoute"), "UsersRoute"),
});
const newUser = createRoute({
  getParentRoute: () => admin,
  ...inFrame,
  path: "/users/new",
  loader: () => loadTexts("people"),
  component: lazyRouteComponent(() => import("./pages/admin/UsersRoute"), "NewUserRoute"),
});
const user = createRoute({
  getParentRoute: () => admin,
  ...inFrame,
  path: "/users/$accountId",
  loader: () => loadTexts("people"),
  component: lazyRouteComponent(() => import("./pages/admin/UsersRoute"), "UserRoute"),
});
const importPeople = createRoute({
  getParentRoute: () => admin,
  ...inFrame,
  path: "/import",
  loader: () => loadTexts("people", "people-file"),
  component: lazyRouteComponent(() => import("./pages/admin/ImportRoute"), "ImportPeopleRoute"),
});
const units = createRoute({
  getParentRoute: () => admin,
  ...inFrame,
  path: "/units",
  validateSearch: (search: Record<string, unknown>): { unit?: string } => {
    const unit = search["unit"];
    return typeof unit === "string" && unit !== "" ? { unit } : {};
  },
  loader: () => loadTexts("units"),
  component: lazyRouteComponent(() => import("./pages/admin/UnitsRoute"), "UnitsRoute"),
});
const audit = createRoute({
  getParentRoute: () => admin,
  ...inFrame,
  path: "/audit",
  loader: () => loadTexts("audit"),
  component: lazyRouteComponent(() => import("./pages/admin/AuditRoute"), "AuditRoute"),
});

export const adminRoutes = admin.addChildren([
  index,
  users,
  newUser,
  user,
  importPeople,
  units,
  audit,
]);
