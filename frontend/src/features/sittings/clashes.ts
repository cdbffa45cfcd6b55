import { ApiError } from "@/shared/api";

/** Who is expected elsewhere at the same time, and where as far as one may know. */
export interface NamedClash {
  readonly candidate_id: string;
  readonly candidate_name: string;
  readonly title: string | null;
  readonly opens_at: string;
}

/** Whether the server refused because candidates would be in two places at once. */
export function isClash(error: unknown): error is ApiError {
  return error instanceof ApiError && /clash/.test(error.code);
}

/** The candidates whom such a refusal names. */
export function clashesOf(error: ApiError): NamedClash[] {
  const { clashes } = error.facts;
  return Array.isArray(clashes) ? clashes.flatMap(read) : [];
}

function read(clash: unknown): NamedClash[] {
  if (typeof clash !== "object" || clash === null) return [];
  const { candidate_id, candidate_name, title, opens_at } = clash as Record<string, unknown>;
  if (typeof candidate_id !== "string" || typeof candidate_name !== "string") return [];
  if (typeof opens_at !== "string") return [];
  return [
    { candidate_id, candidate_name, opens_at, title: typeof title === "string" ? title : null },
  ];
}
