import { type ApiClient, ticketApi } from "@/shared/api";

/** An attempt, and the right to speak for it: what every request of the player needs. */
export interface AttemptAccess {
  readonly attemptId: string;
  readonly client: ApiClient;
  /** For the two requests that don't go through the typed client: files and the push channel. */
  readonly ticket: string;
}

export function attemptAccess(attemptId: string, ticket: string): AttemptAccess {
  return { attemptId, ticket, client: ticketApi(ticket) };
}
