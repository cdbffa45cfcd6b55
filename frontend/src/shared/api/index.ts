export { type ApiClient, anonymousApi, api, take, takeTimed, ticketApi } from "./client";
export { ApiError, type FieldProblem, problemFrom } from "./problem";
export { queryClient } from "./queryClient";
export {
  accessToken,
  beginSession,
  currentSession,
  endSession,
  holdsRole,
  renewSession,
  type Session,
  updateAccount,
  useSession,
} from "./session";
export type * from "./types";
export { useProblemText } from "./useProblem";
