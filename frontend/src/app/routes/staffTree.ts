import { adminRoutes } from "./admin";
import { authorRoutes } from "./author";
import { candidateRoutes } from "./candidate";
import { messagesRoute } from "./messages";
import { officerRoutes } from "./officer";
import { rootRoute } from "./root";
import { staffRoute } from "./staff";

/** All pages: those of the first load, and the staff's. */
export const wholeTree = rootRoute.addChildren([
  ...candidateRoutes,
  staffRoute.addChildren([authorRoutes, officerRoutes, adminRoutes]),
  messagesRoute,
]);
