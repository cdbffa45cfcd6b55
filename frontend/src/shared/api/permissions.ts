import { holdsRole, useSession } from "./session";
import type { Account, Role } from "./types";

/**
 * Which roles allow what: the staff's part of the server's table (authz `Action`). It decides what a page offers; what
 * is done, the server decides, who also looks at the unit.
 */
const ALLOWED_BY = {
  manageAccounts: ["admin"],
  findPeople: ["admin", "officer", "invigilator"],
  resetPasswords: ["admin", "officer"],
  manageUnits: ["admin"],
  readAudit: ["admin"],
  manageSittings: ["admin", "officer"],
  invigilate: ["admin", "officer", "invigilator"],
  mark: ["admin", "officer", "marker"],
  readResults: ["admin", "officer", "analyst"],
  releaseResults: ["admin", "officer"],
  readViolations: ["admin", "officer", "invigilator"],
  readStatistics: ["admin", "officer", "author", "analyst"],
} as const satisfies Record<string, readonly Role[]>;

export type Act = keyof typeof ALLOWED_BY;

/** Whether a person's roles allow an act somewhere. */
export function may(account: Account, act: Act): boolean {
  return holdsRole(account, ...ALLOWED_BY[act]);
}

/** What the person who is signed in may do. */
export function useMay(): (act: Act) => boolean {
  const session = useSession();
  return (act) => session.state === "signed_in" && may(session.account, act);
}
