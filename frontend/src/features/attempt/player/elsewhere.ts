import { ApiError } from "@/shared/api";

/** What the server says of another device that has the attempt, and of the way here. */
export interface Elsewhere {
  /** Since when that device writes. */
  readonly since: string | null;
  /** When it was last heard of. */
  readonly lastHeardAt: string | null;
  /** Whether an invigilator has to agree. */
  readonly needsConsent: boolean;
  /** Whether one was asked, and hasn't answered. */
  readonly asked: boolean;
}

/** Reads a refusal to open the attempt here; null when it was refused for another reason. */
export function elsewhereFrom(error: unknown): Elsewhere | null {
  if (!(error instanceof ApiError)) return null;
  const asked = error.code === "exam.move_needs_consent";
  if (!asked && error.code !== "exam.open_elsewhere") return null;
  const { since, last_heard_at: lastHeardAt, needs_consent: needsConsent } = error.facts;
  return {
    since: typeof since === "string" ? since : null,
    lastHeardAt: typeof lastHeardAt === "string" ? lastHeardAt : null,
    needsConsent: needsConsent === true,
    asked,
  };
}
