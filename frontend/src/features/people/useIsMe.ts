import { useSession } from "@/shared/api";

/** Whether an account is that of the person who is signed in. */
export function useIsMe(accountId: string): boolean {
  const session = useSession();
  return session.state === "signed_in" && session.account.id === accountId;
}
