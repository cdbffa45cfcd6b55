/** One thing wrong with what was sent. */
export interface FieldProblem {
  field?: string;
  line?: number;
  code: string;
  message: string;
  /** What the message names, to be checked before use. */
  facts?: Readonly<Record<string, unknown>>;
}

/** A refusal by the server (RFC 9457), or the lack of an answer (`status` 0, code `client.offline`). */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  /** Stable name of the kind of problem: `exam.lease_stale`. */
  readonly code: string;
  readonly fields: readonly FieldProblem[];
  /** When to try again, in seconds, if the server said so. */
  readonly retryAfterSeconds: number | null;
  /** Further members of the problem, to be checked before use. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(problem: {
    status: number;
    code: string;
    detail: string;
    fields?: readonly FieldProblem[];
    retryAfterSeconds?: number | null;
    facts?: Readonly<Record<string, unknown>>;
  }) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.fields = problem.fields ?? [];
    this.retryAfterSeconds = problem.retryAfterSeconds ?? null;
    this.facts = problem.facts ?? {};
  }

  /** No answer came: the network or the server is away. */
  static offline(cause: unknown): ApiError {
    const error = new ApiError({ status: 0, code: "client.offline", detail: "no answer" });
    error.cause = cause;
    return error;
  }

  /** Whether the same request may succeed later. */
  get transient(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function fieldProblem(value: unknown): FieldProblem[] {
  if (!isRecord(value)) return [];
  const { field, line, code, message, facts } = value;
  return [
    {
      ...(typeof field === "string" && { field }),
      ...(typeof line === "number" && { line }),
      code: typeof code === "string" ? code : "invalid",
      message: typeof message === "string" ? message : "",
      ...(isRecord(facts) && { facts }),
    },
  ];
}

/** Reads the refusal out of a reply; whatever stands between us and the server may have sent something else. */
export async function problemFrom(response: Response): Promise<ApiError> {
  let body: unknown = null;
  try {
    body = await response.clone().json();
  } catch {
    // a proxy's HTML page, or nothing
  }
  const record = isRecord(body) ? body : {};
  const { code, detail, errors, retry_after_seconds, facts } = record;
  const header = Number(response.headers.get("Retry-After"));
  return new ApiError({
    status: response.status,
    code: typeof code === "string" ? code : `http.${response.status}`,
    detail: typeof detail === "string" ? detail : "",
    fields: Array.isArray(errors) ? errors.flatMap(fieldProblem) : [],
    retryAfterSeconds:
      typeof retry_after_seconds === "number" ? retry_after_seconds : header > 0 ? header : null,
    facts: { ...record, ...(isRecord(facts) && facts) },
  });
}
