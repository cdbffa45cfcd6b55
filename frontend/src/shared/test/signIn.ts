import { type Account, beginSession, type Role } from "../api";

/** Signs a person with these roles in, everywhere in the institution. */
export function signInAs(...roles: Role[]): Account {
  const account: Account = {
    id: "0198a000-0000-7000-8000-0000000000aa",
    username: "staff",
    display_name: "Wei Chen",
    roles: roles.map((role) => ({ role, unit_id: null, unit_name: null })),
    must_change_password: false,
  };
  beginSession({ access_token: "token", expires_in_seconds: 3_600, account });
  return account;
}
