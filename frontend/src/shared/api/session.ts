import { useSyncExternalStore } from "react";
import { ApiError, problemFrom } from "./problem";
import type { Account, Role, SignedIn } from "./types";

/**
 * Who is signed in. The access token lives in this module's memory and nowhere else; the refresh token in a cookie
 * that no script can read.
 */
export type Session =
  | { readonly state: "unknown" }
  | { readonly state: "signed_out" }
  | { readonly state: "signed_in"; readonly account: Account };

/** A token this close to its end is renewed before use. */
const RENEW_BEFORE_MS = 20_000;

let session: Session = { state: "unknown" };
let token: { value: string; expiresAt: number } | null = null;
let renewal: Promise<boolean> | null = null;
const listeners = new Set<() => void>();

function become(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}

export function currentSession(): Session {
  return session;
}

export function useSession(): Session {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => session,
  );
}

/** Takes over what a sign-in or a renewal answered. */
export function beginSession(signedIn: SignedIn): void {
  token = {
    value: signedIn.access_token,
    expiresAt: performance.now() + signedIn.expires_in_seconds * 1_000,
  };
  become({ state: "signed_in", account: signedIn.account });
}

/** Forgets the person; the server is told by whoever calls this. */
export function endSession(): void {
  token = null;
  become({ state: "signed_out" });
}

/** Replaces the account's facts, after the person changed them. */
export function updateAccount(account: Account): void {
  if (session.state === "signed_in") become({ state: "signed_in", account });
}

/**
 * Renews the session through the cookie; true when there is one. Refresh tokens are used once, so tabs take turns:
 * two that used the same one at the same time would look like a theft and end the session.
 */
export function renewSession(): Promise<boolean> {
  renewal ??= inTurn(requestRenewal).finally(() => {
    renewal = null;
  });
  return renewal;
}

async function inTurn<T>(task: () => Promise<T>): Promise<T> {
  // Web Locks exist on secure origins only; without them the server's own tolerance has to do.
  if (!("locks" in navigator) || navigator.locks === undefined) return task();
  return navigator.locks.request("exam-system.session", task);
}

async function requestRenewal(): Promise<boolean> {
  let response: Response;
  try {
    response = await fetch("/api/v1/auth/refresh", { method: "POST", credentials: "same-origin" });
  } catch (error) {
    throw ApiError.offline(error);
  }
  if (response.ok) {
    beginSession((await response.json()) as SignedIn);
    return true;
  }
  if (response.status === 400 || response.status === 401 || response.status === 403) {
    endSession();
    return false;
  }
  throw await problemFrom(response);
}

/** A token that is good for the next request, or null when nobody is signed in. */
export async function accessToken(): Promise<string | null> {
  if (session.state === "signed_out") return null;
  if (token === null || token.expiresAt - performance.now() < RENEW_BEFORE_MS) await renewSession();
  return token?.value ?? null;
}

/** Whether a person holds one of the roles, in any unit. */
export function holdsRole(account: Account, ...roles: readonly Role[]): boolean {
  return account.roles.some(({ role }) => roles.includes(role));
}
