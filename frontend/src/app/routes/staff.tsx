import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "@/shared/i18n";
import { rootRoute } from "./root";

/** The frame of all staff pages: navigation on the left, account on top. Has no path of its own. */
export const staffRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "staff",
  loader: () => loadTexts("nav", "messages"),
  component: lazyRouteComponent(() => import("../shell/StaffShell"), "StaffShell"),
});
