import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "@/shared/i18n";
import { requireAccount } from "../guards";
import { rootRoute } from "./root";

/** The frame of one's messages: the staff's, or the candidate's for whom works in no part. */
const frame = createRoute({
  getParentRoute: () => rootRoute,
  id: "messages",
  beforeLoad: async ({ location }) => ({ account: await requireAccount(location) }),
  loader: () => loadTexts("nav", "messages"),
  component: lazyRouteComponent(() => import("./pages/MessagesFrame"), "MessagesFrame"),
});

const inbox = createRoute({
  getParentRoute: () => frame,
  path: "/messages",
  loader: () => loadTexts("staff", "messages"),
  errorComponent: lazyRouteComponent(() => import("./pages/StaffProblem"), "StaffProblem"),
  component: lazyRouteComponent(() => import("./pages/MessagesRoute"), "MessagesRoute"),
});

/** One's messages, whatever one's role. */
export const messagesRoute = frame.addChildren([inbox]);
