import { redirect } from "@tanstack/react-router";
import { type Account, currentSession, holdsRole, type Role, renewSession } from "@/shared/api";

/** The person's account; without one, the way to sign-in and back. For pages, never for the player. */
export async function requireAccount(location: { href: string }): Promise<Account> {
  if (currentSession().state === "unknown") await renewSession();
  const session = currentSession();
  if (session.state === "signed_in") return session.account;
  throw redirect({ to: "/sign-in", search: { next: location.href } });
}

/** As `requireAccount`, for pages that need one of the roles; others are sent to their own start page. */
export async function requireRole(
  location: { href: string },
  ...roles: readonly Role[]
): Promise<Account> {
  const account = await requireAccount(location);
  if (!holdsRole(account, ...roles)) throw redirect({ to: "/no-access" });
  return account;
}

/** Who works in which part. */
export const PART_ROLES = {
  author: ["author", "admin"],
  officer: ["officer", "invigilator", "marker", "analyst", "admin"],
  admin: ["admin"],
} as const satisfies Record<string, readonly Role[]>;

/** Where a person starts. */
export function homeOf(account: Account): "/admin" | "/officer" | "/author" | "/my" {
  if (holdsRole(account, "officer", "invigilator", "marker", "analyst")) return "/officer";
  if (holdsRole(account, "author")) return "/author";
  if (holdsRole(account, "admin")) return "/admin";
  return "/my";
}
