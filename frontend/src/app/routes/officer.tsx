import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { queryClient } from "@/shared/api";
import { loadTexts } from "@/shared/i18n";
import { PART_ROLES, requireRole } from "../guards";
import { NotFound } from "../shell/NotFoundPage";
import { staffRoute } from "./staff";

/** What an address says is a text, or nothing: `?q=`, `?q=1` and `?q[]=x` are all possible. */
const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** A page that can't be fetched says so inside the frame, which stays. */
const inFrame = {
  errorComponent: lazyRouteComponent(() => import("./pages/StaffProblem"), "StaffProblem"),
};

const officer = createRoute({
  getParentRoute: () => staffRoute,
  path: "/officer",
  notFoundComponent: NotFound,
  beforeLoad: async ({ location }) => ({
    account: await requireRole(location, ...PART_ROLES.officer),
  }),
  loader: () => loadTexts("staff"),
});

const sittings = createRoute({
  getParentRoute: () => officer,
  ...inFrame,
  path: "/",
  loader: () => loadTexts("sittings"),
  component: lazyRouteComponent(() => import("./pages/officer/SittingsRoute"), "SittingsRoute"),
});
const newSitting = createRoute({
  getParentRoute: () => officer,
  ...inFrame,
  path: "/new",
  validateSearch: (search: Record<string, unknown>): { replaces?: string } => {
    const replaces = text(search["replaces"]);
    return replaces === undefined ? {} : { replaces };
  },
  loader: () => loadTexts("sittings"),
  component: lazyRouteComponent(() => import("./pages/officer/SittingsRoute"), "NewSittingRoute"),
});
const people = createRoute({
  getParentRoute: () => officer,
  ...inFrame,
  path: "/people",
  loader: () => loadTexts("people"),
  component: lazyRouteComponent(() => import("./pages/officer/PeopleRoute"), "PeopleRoute"),
});

// One sitting
const sitting = createRoute({
  getParentRoute: () => officer,
  ...inFrame,
  path: "/sittings/$sittingId",
  loader: async ({ params }) => {
    const { sittingQuery } = await import("@/features/sittings/api/getSitting");
    await Promise.all([
      loadTexts("sittings"),
      queryClient.ensureQueryData(sittingQuery(params.sittingId)),
    ]);
  },
  component: lazyRouteComponent(() => import("./pages/officer/SittingRoute"), "SittingRoute"),
});
const overview = createRoute({
  getParentRoute: () => sitting,
  ...inFrame,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/officer/SittingRoute"), "OverviewRoute"),
});
const edit = createRoute({
  getParentRoute: () => sitting,
  ...inFrame,
  path: "/edit",
  component: lazyRouteComponent(() => import("./pages/officer/SittingRoute"), "EditRoute"),
});
const roster = createRoute({
  getParentRoute: () => sitting,
  ...inFrame,
  path: "/roster",
  loader: () => loadTexts("roster"),
  component: lazyRouteComponent(() => import("./pages/officer/RosterRoute"), "RosterRoute"),
});
const rosterImport = createRoute({
  getParentRoute: () => sitting,
  ...inFrame,
  path: "/roster/import",
  loader: () => loadTexts("roster", "people-file"),
  component: lazyRouteComponent(() => import("./pages/officer/RosterRoute"), "RosterImportRoute"),
});
const codes = createRoute({
  getParentRoute: () => sitting,
  ...inFrame,
  path: "/codes",
  loader: () => loadTexts("roster"),
  component: lazyRouteComponent(() => import("./pages/officer/CodesRoute"), "CodesRoute"),
});
const live = createRoute({
  getParentRoute: () => sitting,
  ...inFrame,
  path: "/live",
  validateSearch: (search: Record<string, unknown>): { show?: string } => {
    const show = text(search["show"]);
    return show === undefined ? {} : { show };
  },
  loader: () => loadTexts("live"),
  component: lazyRouteComponent(() => import("./pages/officer/LiveRoute"), "LiveRoute"),
});
const violations = createRoute({
  getParentRoute: () => sitting,
  ...inFrame,
  path: "/violations",
  validateSearch: (search: Record<string, unknown>): { attempt?: string } => {
    const attempt = text(search["attempt"]);
    return attempt === undefined ? {} : { attempt };
  },
  loader: () => loadTexts("violations"),
  component: lazyRouteComponent(() => import("./pages/officer/ViolationsRoute"), "ViolationsRoute"),
});
const marking = createRoute({
  getParentRoute: () => sitting,
  ...inFrame,
  path: "/marking",
  loader: () => loadTexts("markers"),
  component: lazyRouteComponent(() => import("./pages/officer/MarkingRoute"), "MarkingRoute"),
});
const markQuestion = createRoute({
  getParentRoute: () => sitting,
  ...inFrame,
  path: "/marking/$questionId",
  loader: () => loadTexts("markers", "marking"),
  component: lazyRouteComponent(() => import("./pages/officer/MarkingRoute"), "MarkQuestionRoute"),
});
const results = createRoute({
  getParentRoute: () => sitting,
  ...inFrame,
  path: "/results",
  loader: () => loadTexts("results", "statistics"),
  component: lazyRouteComponent(() => import("./pages/officer/ResultsRoute"), "ResultsRoute"),
});
const attemptMarks = createRoute({
  getParentRoute: () => sitting,
  ...inFrame,
  path: "/results/$attemptId",
  loader: () => loadTexts("results", "marking", "review"),
  component: lazyRouteComponent(
    () => import("./pages/officer/AttemptMarksRoute"),
    "AttemptMarksRoute",
  ),
});
const statistics = createRoute({
  getParentRoute: () => sitting,
  ...inFrame,
  path: "/statistics",
  loader: () => loadTexts("statistics"),
  component: lazyRouteComponent(() => import("./pages/officer/ResultsRoute"), "StatisticsRoute"),
});

export const officerRoutes = officer.addChildren([
  sittings,
  newSitting,
  people,
  sitting.addChildren([
    overview,
    edit,
    roster,
    rosterImport,
    codes,
    live,
    violations,
    marking,
    markQuestion,
    results,
    attemptMarks,
    statistics,
  ]),
]);
