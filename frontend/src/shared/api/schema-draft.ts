// Wire types written by hand until the server's OpenAPI document exists; then `npm run gen` replaces this file.
// The shape is that of openapi-typescript, so that the clients need no change.

type Json<T> = { content: { "application/json": T } };
interface Parameters {
  path?: Record<string, string>;
  query?: Record<string, unknown>;
}
interface NoBody {
  body?: never;
}
type OperationParameters<P extends Parameters> = { header?: never; cookie?: never } & (P extends {
  path: infer Path;
}
  ? { path: Path }
  : { path?: never }) &
  (P extends { query: infer Query } ? { query?: Query } : { query?: never });
type Operation<P extends Parameters, B, R> = {
  parameters: OperationParameters<P>;
  responses: { 200: { headers: Record<string, unknown> } & Json<R> };
} & (B extends NoBody ? { requestBody?: never } : { requestBody: Json<B> });
type Unused = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";
type Endpoint<T extends Partial<Record<Unused, unknown>>> = T & {
  [M in Exclude<Unused, keyof T>]?: never;
} & { parameters: { query?: never; header?: never; path?: never; cookie?: never } };

export type Uuid = string;
/** RFC 3339 in UTC, with microseconds. */
export type Instant = string;
export interface Page<T> {
  items: T[];
  next: string | null;
}
export type PageQuery = { limit?: number; after?: string };

// People
export type Role =
  | "admin"
  | "officer"
  | "author"
  | "marker"
  | "invigilator"
  | "analyst"
  | "candidate";
export interface Account {
  id: Uuid;
  username: string;
  display_name: string;
  roles: { role: Role; unit_id: Uuid | null; unit_name: string | null }[];
  must_change_password: boolean;
}
export interface SignedIn {
  access_token: string;
  expires_in_seconds: number;
  account: Account;
}
export interface Admission {
  ticket: string;
  attempt_id: Uuid;
  sitting_id: Uuid;
  candidate_name: string;
  expires_at: Instant;
}

// Questions as a candidate sees them
export interface HtmlChoice {
  id: string;
  html: string;
}
export interface ClozeGap {
  id: string;
  kind: "text" | "number" | "choice";
  options: { id: string; text: string }[];
  chars_max: number;
}
export type Interaction =
  | { type: "single_choice"; options: HtmlChoice[] }
  | { type: "multiple_choice"; options: HtmlChoice[]; choices_max: number | null }
  | { type: "true_false" }
  | { type: "short_text"; chars_max: number }
  | { type: "numeric"; units: string[] }
  | { type: "cloze"; html: string; gaps: ClozeGap[] }
  | { type: "matching"; prompts: HtmlChoice[]; targets: HtmlChoice[] }
  | { type: "ordering"; items: HtmlChoice[] }
  | { type: "essay"; words_max: number | null; chars_max: number }
  | { type: "file_upload"; files_max: number; bytes_max: number; extensions: string[] };
export interface UploadedFile {
  id: Uuid;
  name: string;
  bytes: number;
}
export type QuestionResponse =
  | { type: "single_choice"; choice: string | null }
  | { type: "multiple_choice"; choices: string[] }
  | { type: "true_false"; value: boolean | null }
  | { type: "short_text"; text: string }
  | { type: "numeric"; text: string; unit: string | null }
  | { type: "cloze"; gaps: Record<string, string> }
  | { type: "matching"; pairs: Record<string, string> }
  | { type: "ordering"; order: string[] }
  | { type: "essay"; text: string }
  | { type: "file_upload"; files: UploadedFile[] };
export interface CandidateQuestion {
  id: Uuid;
  number: number;
  section: number;
  points: number;
  stimulus: number | null;
  stem_html: string;
  interaction: Interaction;
}
export interface PaperSection {
  title: string;
  instructions_html: string;
  navigation: "free" | "forward_only";
  time_limit_seconds: number | null;
  question_ids: Uuid[];
}
export interface CandidatePaper {
  attempt_id: Uuid;
  sections: PaperSection[];
  stimuli: { html: string }[];
  questions: CandidateQuestion[];
}

// Attempts
export type AttemptState =
  | "scheduled"
  | "ready"
  | "in_progress"
  | "paused"
  | "submitted"
  | "terminated"
  | "absent";
export interface Attempt {
  id: Uuid;
  state: AttemptState;
  closed: boolean;
  version: number;
  title: string;
  candidate_name: string;
  sitting_id: Uuid;
  time_zone: string;
  server_time: Instant;
  opens_at: Instant;
  entry_closes_at: Instant;
  window_ends_at: Instant;
  duration_seconds: number;
  extra_seconds: number;
  started_at: Instant | null;
  deadline: Instant | null;
  submitted_at: Instant | null;
  lease_no: number;
  question_count: number;
  instructions_html: string;
  practice: boolean;
}
export interface SaveEntry {
  seq: number;
  question_id: Uuid;
  response: QuestionResponse;
}
export interface SaveReceipt {
  seq: number;
  question_id: Uuid;
  status: "taken" | "late";
  received_at: Instant;
  leaf_hash: string;
}
export interface CurrentResponse {
  question_id: Uuid;
  lease_no: number;
  seq: number;
  response: QuestionResponse;
}
export interface MyAttempt {
  attempt_id: Uuid;
  sitting_id: Uuid;
  title: string;
  state: AttemptState;
  opens_at: Instant;
  entry_closes_at: Instant;
  window_ends_at: Instant;
  duration_seconds: number;
  released: boolean;
  score?: number | null;
  points_max?: number | null;
}

// Review
export interface ReviewPart {
  label: string;
  points: number;
  points_max: number;
  why: string;
}
export interface ReviewQuestion {
  question: CandidateQuestion;
  response: QuestionResponse | null;
  points: number | null;
  points_max: number;
  why: string | null;
  parts: ReviewPart[];
  /** The right response, when the release policy shows it. */
  key: QuestionResponse | null;
  feedback_html: string | null;
}
export interface Review {
  attempt: Attempt;
  score: number | null;
  points_max: number;
  sections: PaperSection[];
  stimuli: { html: string }[];
  questions: ReviewQuestion[];
}

type AttemptPath = { path: { id: Uuid } };
type None = Record<never, never>;

export interface paths {
  "/api/v1/auth/login": Endpoint<{
    post: Operation<None, { username: string; password: string }, SignedIn>;
  }>;
  "/api/v1/auth/refresh": Endpoint<{ post: Operation<None, NoBody, SignedIn> }>;
  "/api/v1/auth/logout": Endpoint<{ post: Operation<None, NoBody, undefined> }>;
  "/api/v1/auth/me": Endpoint<{ get: Operation<None, NoBody, Account> }>;
  "/api/v1/auth/me/password": Endpoint<{
    post: Operation<None, { current_password: string; new_password: string }, undefined>;
  }>;
  "/api/v1/auth/check-in": Endpoint<{ post: Operation<None, { code: string }, Admission> }>;
  "/api/v1/auth/me/admissions/{attempt_id}/ticket": Endpoint<{
    post: Operation<{ path: { attempt_id: Uuid } }, NoBody, Admission>;
  }>;
  "/api/v1/exams/me/attempts": Endpoint<{
    get: Operation<{ query: PageQuery }, NoBody, Page<MyAttempt>>;
  }>;
  "/api/v1/exams/attempts/{id}": Endpoint<{ get: Operation<AttemptPath, NoBody, Attempt> }>;
  "/api/v1/exams/attempts/{id}/open": Endpoint<{
    post: Operation<AttemptPath, { device_id: Uuid }, { lease_no: number; attempt: Attempt }>;
  }>;
  "/api/v1/exams/attempts/{id}/start": Endpoint<{
    post: Operation<AttemptPath, { lease_no: number }, { attempt: Attempt; paper: CandidatePaper }>;
  }>;
  "/api/v1/exams/attempts/{id}/paper": Endpoint<{
    get: Operation<AttemptPath, NoBody, CandidatePaper>;
  }>;
  "/api/v1/exams/attempts/{id}/responses": Endpoint<{
    get: Operation<AttemptPath, NoBody, { responses: CurrentResponse[] }>;
    put: Operation<
      AttemptPath,
      { lease_no: number; entries: SaveEntry[] },
      { receipts: SaveReceipt[]; attempt: Attempt }
    >;
  }>;
  "/api/v1/exams/attempts/{id}/submit": Endpoint<{
    post: Operation<AttemptPath, { lease_no: number }, { attempt: Attempt }>;
  }>;
  "/api/v1/exams/attempts/{id}/review": Endpoint<{ get: Operation<AttemptPath, NoBody, Review> }>;
}
