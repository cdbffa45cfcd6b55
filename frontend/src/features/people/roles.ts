import type { Role } from "@/shared/api";

/** Every role, in the order in which people list them. */
export const ROLES: readonly Role[] = [
  "admin",
  "officer",
  "author",
  "marker",
  "invigilator",
  "analyst",
  "candidate",
];
