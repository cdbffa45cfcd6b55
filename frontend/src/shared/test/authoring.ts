import type {
  Bank,
  Category,
  Exam,
  Publication,
  QuestionPreview,
  QuestionSummary,
  QuestionView,
  StimulusView,
  Tag,
} from "../api";
import { loadTexts } from "../i18n";
import { answer, page } from "./answer";

/** The texts of the author's pages; their routes load them before they are drawn. */
export const authorTexts = () =>
  loadTexts("author", "banks", "exams", "import", "marking", "questions", "staff");

const AT = "2026-03-02T08:00:00.000000Z";

export const bank = (change: Partial<Bank> = {}): Bank => ({
  id: "bank-1",
  title: "Physics",
  description: "",
  unit_path: "/",
  questions: 2,
  version: 3,
  archived_at: null,
  created_at: AT,
  updated_at: AT,
  ...change,
});

export const category = (id: string, name: string, change: Partial<Category> = {}): Category => ({
  id,
  name,
  bank_id: "bank-1",
  parent_id: null,
  path: [name],
  questions: 0,
  ...change,
});

export const summary = (
  id: string,
  title: string,
  change: Partial<QuestionSummary> = {},
): QuestionSummary => ({
  id,
  title,
  excerpt: `${title}?`,
  bank_id: "bank-1",
  category_id: null,
  idnumber: null,
  points: 1,
  question_type: "single_choice",
  state: "ready",
  ready_version: 1,
  saved_at: AT,
  saved_by: null,
  archived_at: null,
  stimulus_id: null,
  tags: [],
  version: 1,
  ...change,
});

const text = (words: string) => ({ format: "markdown" as const, text: words });

/** A question as stored: one option of two is right. */
export const question = (change: Partial<QuestionView> = {}): QuestionView => ({
  id: "question-1",
  bank_id: "bank-1",
  category_id: null,
  idnumber: null,
  tags: [],
  title: "Velocity",
  points: 2,
  stimulus_id: null,
  state: "ready",
  version: 4,
  version_id: "version-4",
  ready_version: 4,
  note: "",
  frozen: false,
  can_edit: true,
  findings: [],
  archived_at: null,
  created_at: AT,
  created_by: null,
  saved_at: AT,
  saved_by: null,
  question: {
    stem: text("What is velocity?"),
    body: {
      type: "single_choice",
      shuffle: false,
      options: [
        { id: "a", text: text("A vector") },
        { id: "b", text: text("A scalar") },
      ],
    },
  },
  key: { scheme: { type: "single_choice", fractions: { a: 1 } } },
  ...change,
});

export const stimulus = (change: Partial<StimulusView> = {}): StimulusView => ({
  id: "stimulus-1",
  bank_id: "bank-1",
  title: "The pendulum",
  text: text("A pendulum swings."),
  html: "<p>A pendulum swings.</p>",
  questions: [],
  version: 2,
  saved_at: AT,
  saved_by: null,
  ...change,
});

export const preview = (change: Partial<QuestionPreview> = {}): QuestionPreview => ({
  candidate: {
    stem_html: "<p>What is velocity?</p>",
    interaction: {
      type: "single_choice",
      options: [
        { id: "a", html: "A vector" },
        { id: "b", html: "A scalar" },
      ],
    },
  },
  findings: [],
  stimulus_html: null,
  ...change,
});

export const publication = (change: Partial<Publication> = {}): Publication => ({
  id: "publication-1",
  exam_id: "exam-1",
  number: 1,
  title: "Midterm",
  duration_minutes: 90,
  published_at: AT,
  ...change,
});

/** An exam as stored, with every member that the server writes. */
export const exam = (change: Partial<Exam> = {}): Exam => ({
  id: "exam-1",
  title: "Midterm",
  unit_id: null,
  version: 5,
  archived_at: null,
  created_at: AT,
  created_by: null,
  updated_at: AT,
  publication: null,
  definition: {
    instructions: "",
    duration_minutes: 90,
    forms: 1,
    sections: [
      {
        title: "",
        instructions: "",
        navigation: "free",
        time_limit_minutes: null,
        shuffle_questions: false,
        shuffle_options: true,
        items: [{ type: "fixed", question_id: "question-1", points: null }],
      },
    ],
    release: {
      moment: "by_officer",
      parts: { score: true, marks: true, responses: true, solutions: false },
    },
    floor_at_zero: true,
  },
  ...change,
});

/** What nearly every page of an author asks for besides what it is about. */
export function answerSurroundings({
  banks = [bank()],
  categories = [],
  tags = [],
}: {
  banks?: Bank[];
  categories?: Category[];
  tags?: Tag[];
} = {}): void {
  answer("get", "/api/v1/auth/units", { items: [] });
  answer("get", "/api/v1/questions/banks", page(...banks));
  answer("get", "/api/v1/questions/banks/{bank_id}/categories", { items: categories });
  answer("get", "/api/v1/questions/banks/{bank_id}/tags", { items: tags });
  answer("get", "/api/v1/questions/banks/{bank_id}/stimuli", page());
}
