import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { examQuery } from "@/features/exams/api/readExam";
import { type QuestionType, queryClient } from "@/shared/api";
import { isQuestionType } from "@/shared/authoring/questionTypes";
import { bankQuery } from "@/shared/authoring/requests/readBank";
import { questionQuery } from "@/shared/authoring/requests/readQuestion";
import { stimulusQuery } from "@/shared/authoring/requests/readStimulus";
import { loadTexts } from "@/shared/i18n";
import { PART_ROLES, requireRole } from "../guards";
import { NotFound } from "../shell/NotFoundPage";
import { staffRoute } from "./staff";

/** What an address says is a text, or nothing: `?q=`, `?q=1` and `?q[]=x` are all possible. */
const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
const texts = (value: unknown): string[] | undefined => {
  const list = (Array.isArray(value) ? value : [value]).flatMap((one) => text(one) ?? []);
  return list.length > 0 ? list : undefined;
};
/** Without the members that say nothing, so that addresses stay short. */
const given = <T extends object>(search: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as T;

/** What every page of this part does when it can't be fetched: says so inside the frame, which stays. */
const inFrame = {
  errorComponent: lazyRouteComponent(() => import("./pages/author/AuthorProblem"), "AuthorProblem"),
};

const author = createRoute({
  getParentRoute: () => staffRoute,
  path: "/author",
  notFoundComponent: NotFound,
  beforeLoad: async ({ location }) => ({
    account: await requireRole(location, ...PART_ROLES.author),
  }),
  loader: () => loadTexts("author", "staff", "marking", "attempt"),
  component: lazyRouteComponent(() => import("./pages/author/AuthorPart"), "AuthorPart"),
});

const index = createRoute({
  getParentRoute: () => author,
  ...inFrame,
  path: "/",
  loader: () => loadTexts("banks", "exams"),
  component: lazyRouteComponent(() => import("./pages/author/HomeRoute"), "HomeRoute"),
});

// Banks
const banks = createRoute({
  getParentRoute: () => author,
  ...inFrame,
  path: "/banks",
  loader: () => loadTexts("banks"),
  component: lazyRouteComponent(() => import("./pages/author/BanksRoute"), "BanksRoute"),
});
const bank = createRoute({
  getParentRoute: () => author,
  ...inFrame,
  path: "/banks/$bankId",
  loader: ({ params }) =>
    Promise.all([loadTexts("banks"), queryClient.ensureQueryData(bankQuery(params.bankId))]),
  component: lazyRouteComponent(() => import("./pages/author/BankRoute"), "BankRoute"),
});
interface BankSearch {
  q?: string;
  category?: string;
  type?: QuestionType;
  tags?: string[];
  status?: "draft" | "ready" | "archived";
}
const STATUSES = ["draft", "ready", "archived"] as const;
const bankQuestions = createRoute({
  getParentRoute: () => bank,
  ...inFrame,
  path: "/",
  validateSearch: (search: Record<string, unknown>): BankSearch =>
    given<BankSearch>({
      q: text(search["q"]),
      category: text(search["category"]),
      type: isQuestionType(search["type"]) ? search["type"] : undefined,
      tags: texts(search["tags"]),
      status: STATUSES.find((status) => status === search["status"]),
    }),
  component: lazyRouteComponent(() => import("./pages/author/BankRoute"), "BankQuestionsRoute"),
});
const bankStimuli = createRoute({
  getParentRoute: () => bank,
  ...inFrame,
  path: "/stimuli",
  component: lazyRouteComponent(() => import("./pages/author/BankRoute"), "BankStimuliRoute"),
});
const bankImport = createRoute({
  getParentRoute: () => bank,
  ...inFrame,
  path: "/import",
  loader: () => loadTexts("import"),
  component: lazyRouteComponent(() => import("./pages/author/ImportRoute"), "ImportRoute"),
});
const stimulus = createRoute({
  getParentRoute: () => author,
  ...inFrame,
  path: "/banks/$bankId/stimuli/$stimulusId",
  loader: ({ params }) =>
    Promise.all([
      loadTexts("banks"),
      queryClient.ensureQueryData(bankQuery(params.bankId)),
      params.stimulusId === "new"
        ? null
        : queryClient.ensureQueryData(stimulusQuery(params.stimulusId)),
    ]),
  component: lazyRouteComponent(() => import("./pages/author/StimulusRoute"), "StimulusRoute"),
});

// Questions
const newQuestion = createRoute({
  getParentRoute: () => author,
  ...inFrame,
  path: "/banks/$bankId/new",
  validateSearch: (search: Record<string, unknown>): { type?: QuestionType; category?: string } =>
    given<{ type?: QuestionType; category?: string }>({
      type: isQuestionType(search["type"]) ? search["type"] : undefined,
      category: text(search["category"]),
    }),
  loader: ({ params }) =>
    Promise.all([
      loadTexts("banks", "questions"),
      queryClient.ensureQueryData(bankQuery(params.bankId)),
    ]),
  component: lazyRouteComponent(
    () => import("./pages/author/NewQuestionRoute"),
    "NewQuestionRoute",
  ),
});
const question = createRoute({
  getParentRoute: () => author,
  ...inFrame,
  path: "/questions/$questionId",
  loader: async ({ params }) => {
    const [stored] = await Promise.all([
      queryClient.ensureQueryData(questionQuery(params.questionId)),
      loadTexts("banks", "questions"),
    ]);
    await queryClient.ensureQueryData(bankQuery(stored.bank_id));
  },
  component: lazyRouteComponent(() => import("./pages/author/QuestionRoute"), "QuestionRoute"),
});
const questionEdit = createRoute({
  getParentRoute: () => question,
  ...inFrame,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/author/QuestionRoute"), "QuestionEditRoute"),
});
const questionVersions = createRoute({
  getParentRoute: () => question,
  ...inFrame,
  path: "/versions",
  component: lazyRouteComponent(
    () => import("./pages/author/QuestionRoute"),
    "QuestionVersionsRoute",
  ),
});

// Exams
const exams = createRoute({
  getParentRoute: () => author,
  ...inFrame,
  path: "/exams",
  loader: () => loadTexts("exams"),
  component: lazyRouteComponent(() => import("./pages/author/ExamsRoute"), "ExamsRoute"),
});
const TABS = ["settings", "published"] as const;
const withExam = (examId: string) =>
  Promise.all([loadTexts("exams"), queryClient.ensureQueryData(examQuery(examId))]);
const exam = createRoute({
  getParentRoute: () => author,
  ...inFrame,
  path: "/exams/$examId",
  validateSearch: (search: Record<string, unknown>): { tab?: (typeof TABS)[number] } =>
    given<{ tab?: (typeof TABS)[number] }>({ tab: TABS.find((tab) => tab === search["tab"]) }),
  loader: ({ params }) => withExam(params.examId),
  component: lazyRouteComponent(
    () => import("./pages/author/ExamBuilderRoute"),
    "ExamBuilderRoute",
  ),
});
const examPreview = createRoute({
  getParentRoute: () => author,
  ...inFrame,
  path: "/exams/$examId/preview",
  loader: ({ params }) => withExam(params.examId),
  component: lazyRouteComponent(
    () => import("./pages/author/ExamPreviewRoute"),
    "ExamPreviewRoute",
  ),
});
const publication = createRoute({
  getParentRoute: () => author,
  ...inFrame,
  path: "/exams/$examId/publications/$publicationId",
  loader: ({ params }) => withExam(params.examId),
  component: lazyRouteComponent(
    () => import("./pages/author/PublicationRoute"),
    "PublicationRoute",
  ),
});

export const authorRoutes = author.addChildren([
  index,
  banks,
  bank.addChildren([bankQuestions, bankStimuli, bankImport]),
  stimulus,
  newQuestion,
  question.addChildren([questionEdit, questionVersions]),
  exams,
  exam,
  examPreview,
  publication,
]);
