// Wire types of endpoints that the server's OpenAPI document doesn't have yet; then `npm run gen` replaces this file.
import type {
  AttemptState,
  CandidateQuestion,
  Instant,
  Page,
  PaperSection,
  QuestionResponse,
  Uuid,
} from "./types";

export type {
  Account,
  Admission,
  Attempt,
  AttemptState,
  CandidatePaper,
  CandidateQuestion,
  HtmlChoice,
  Instant,
  Interaction,
  Page,
  PaperSection,
  QuestionResponse,
  Role,
  UploadedFile,
  Uuid,
} from "./types";

export interface MyAttempt {
  attempt_id: Uuid;
  sitting_id: Uuid;
  title: string;
  state: AttemptState;
  closed: boolean;
  deferred: boolean;
  cancelled: boolean;
  practice: boolean;
  time_zone: string;
  opens_at: Instant;
  entry_closes_at: Instant;
  window_ends_at: Instant;
  duration_seconds: number;
  extra_seconds: number;
  deadline: Instant | null;
  released: boolean;
  score: number | null;
  points_max: number | null;
}

export type Outcome = "correct" | "partial" | "wrong" | "unanswered" | "needs_marking";
export type Why =
  | {
      code:
        | "unanswered"
        | "not_asked"
        | "response_mismatch"
        | "key_mismatch"
        | "right"
        | "wrong"
        | "text_not_accepted"
        | "not_a_number"
        | "number_not_accepted"
        | "unit_missing"
        | "unit_unknown"
        | "not_exact_order";
    }
  | { code: "by_marker"; words: number | null; too_long: boolean; too_short: boolean }
  | { code: "option_worth"; fraction: number }
  | { code: "all_or_nothing"; right: number; right_of: number; wrong: number }
  | { code: "balance"; right: number; right_of: number; wrong: number; wrong_of: number }
  | { code: "weights_sum"; fraction: number; floored: boolean }
  | { code: "text_accepted"; alternative: number; fraction: number }
  | { code: "number_accepted"; alternative: number; fraction: number }
  | { code: "unit_penalty"; alternative: number; penalty: number }
  | { code: "right_of"; right: number; of: number }
  | { code: "pairs_in_order"; concordant: number; discordant: number; of: number };
export interface PartMark {
  part: string;
  points: number;
  why: Why;
}
export interface ReviewMark {
  points: number;
  points_max: number;
  outcome: Outcome;
  parts: PartMark[];
  why: Why;
  comment: string;
  by_person: boolean;
}
export interface ReviewQuestion {
  id: Uuid;
  number: number;
  question: CandidateQuestion | null;
  response: QuestionResponse | null;
  mark: ReviewMark | null;
}
export interface Solution {
  question_id: Uuid;
  right: QuestionResponse | null;
  model_answer_html: string | null;
  feedback: {
    parts: { part: string | null; html: string }[];
    general_html: string | null;
    explanation_html: string | null;
  };
}
export interface Review {
  attempt_id: Uuid;
  sitting_id: Uuid;
  title: string;
  time_zone: string;
  state: AttemptState;
  started_at: Instant | null;
  ended_at: Instant | null;
  complete: boolean;
  score: number | null;
  points_max: number;
  sections: PaperSection[];
  stimuli: { html: string }[];
  questions: ReviewQuestion[];
  /** Absent unless the release policy shows solutions. */
  solutions?: Solution[];
}

type Get<Parameters, Reply> = {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
  get: {
    parameters: { header?: never; cookie?: never } & Parameters;
    requestBody?: never;
    responses: {
      200: { headers: Record<string, unknown>; content: { "application/json": Reply } };
    };
  };
  put?: never;
  post?: never;
  delete?: never;
  options?: never;
  head?: never;
  patch?: never;
  trace?: never;
};

export interface DraftPaths {
  "/api/v1/exams/me/attempts": Get<
    { path?: never; query?: { limit?: number; after?: string } },
    Page<MyAttempt>
  >;
  "/api/v1/exams/attempts/{attempt_id}/review": Get<
    { path: { attempt_id: Uuid }; query?: never },
    Review
  >;
}
