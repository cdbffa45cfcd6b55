import { anonymousApi, endSession, queryClient, take } from "@/shared/api";

/** Ends the session here and, if it can be reached, at the server; nothing of the person stays in memory. */
export async function signOut(): Promise<void> {
  try {
    await take(anonymousApi.POST("/api/v1/auth/logout"));
  } finally {
    endSession();
    queryClient.clear();
  }
}
