import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "@/shared/i18n";
import { requireAccount } from "../guards";
import { staffRoute } from "./staff";

/** One's messages, whatever one's role. */
export const messagesRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "/messages",
  beforeLoad: async ({ location }) => ({ account: await requireAccount(location) }),
  loader: () => loadTexts("staff", "messages"),
  errorComponent: lazyRouteComponent(() => import("./pages/StaffProblem"), "StaffProblem"),
  component: lazyRouteComponent(() => import("./pages/MessagesRoute"), "MessagesRoute"),
});
