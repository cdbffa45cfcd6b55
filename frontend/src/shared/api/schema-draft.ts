// Wire types of endpoints that the server's OpenAPI document doesn't have yet; then `npm run gen` replaces this file.
import type {
  Attempt,
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
  opens_at: Instant;
  entry_closes_at: Instant;
  window_ends_at: Instant;
  duration_seconds: number;
  released: boolean;
  score?: number | null;
  points_max?: number | null;
}

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
