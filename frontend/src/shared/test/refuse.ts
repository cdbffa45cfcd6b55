import { HttpResponse } from "msw";
import type { components } from "../api/schema.gen";

type FieldProblem = components["schemas"]["FieldProblem"];

/** A refusal as the server words it (RFC 9457). */
export function refuse(
  status: number,
  code: string,
  detail: string,
  more: { errors?: FieldProblem[]; facts?: Record<string, unknown> } = {},
) {
  return HttpResponse.json(
    { status, code, detail, ...more },
    { status, headers: { "Content-Type": "application/problem+json" } },
  );
}
