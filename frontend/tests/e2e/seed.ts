import { ADMIN, expect, type Schema, type TestServer, take } from "./fixtures";

const text = (words: string): Schema["RichText"] => ({ format: "markdown", text: words });

/** A question with one right option of three. */
export const CHOICE: Schema["VersionBody"] = {
  title: "Vector",
  state: "ready",
  points: 1,
  question: {
    stem: text("Which of these is a **vector**?"),
    body: {
      type: "single_choice",
      options: [
        { id: "a", text: text("velocity") },
        { id: "b", text: text("mass") },
        { id: "c", text: text("time") },
      ],
    },
  },
  key: {
    scheme: { type: "single_choice", fractions: { a: 1 } },
    explanation: text("It has a direction."),
  },
};

/** A question with two right options of three, for partial points. */
export const CHOICES: Schema["VersionBody"] = {
  title: "Primes",
  state: "ready",
  points: 2,
  question: {
    stem: text("Which of these are prime?"),
    body: {
      type: "multiple_choice",
      options: [
        { id: "a", text: text("2") },
        { id: "b", text: text("3") },
        { id: "c", text: text("4") },
      ],
    },
  },
  key: { scheme: { type: "multiple_choice", marking: { rule: "partial", right: ["a", "b"] } } },
};

/** A question that a person marks. */
export const ESSAY: Schema["VersionBody"] = {
  title: "Tides",
  state: "ready",
  points: 5,
  question: { stem: text("Why are there tides?"), body: { type: "essay", words_min: 3 } },
  key: {
    scheme: {
      type: "essay",
      marking_notes: text("Two points for the moon, two for the sun, one for the words."),
      model_answer: text("The moon pulls."),
    },
  },
};

/** A question that is answered with a file. */
export const FILE: Schema["VersionBody"] = {
  title: "Sorting",
  state: "ready",
  points: 3,
  question: {
    stem: text("Hand in a program that sorts three numbers."),
    body: { type: "file_upload", files_max: 1, bytes_max: 1_048_576, extensions: [".py"] },
  },
  key: { scheme: { type: "file_upload", marking_notes: text("Does it sort?") } },
};

/** Makes a bank with these questions. */
export async function bankOf(
  server: TestServer,
  title: string,
  questions: readonly Schema["VersionBody"][],
): Promise<{ bankId: string; questionIds: string[] }> {
  const admin = await server.as(ADMIN);
  const bank = await take(
    admin.POST("/api/v1/questions/banks", { body: { title, unit_path: "/" } }),
  );
  const questionIds: string[] = [];
  for (const content of questions) {
    const question = await take(
      admin.POST("/api/v1/questions/banks/{bank_id}/questions", {
        params: { path: { bank_id: bank.id } },
        body: { content },
      }),
    );
    questionIds.push(question.id);
  }
  return { bankId: bank.id, questionIds };
}

/** Makes and publishes an exam of an hour that asks these questions, in this order. */
export async function publishedExam(
  server: TestServer,
  title: string,
  questions: readonly Schema["VersionBody"][],
  parts: Schema["ReviewParts"] = {},
): Promise<{ examId: string; publicationId: string; bankId: string; questionIds: string[] }> {
  const bank = await bankOf(server, `Bank of ${title}`, questions);
  const admin = await server.as(ADMIN);
  const exam = await take(
    admin.POST("/api/v1/exams", {
      body: {
        title,
        definition: {
          duration_minutes: 60,
          release: { parts },
          sections: [
            {
              items: bank.questionIds.map((question_id) => ({
                type: "fixed" as const,
                question_id,
              })),
            },
          ],
        },
      },
    }),
  );
  const published = await take(
    admin.POST("/api/v1/exams/{exam_id}/publish", {
      params: { path: { exam_id: exam.id } },
      body: { version: exam.version },
    }),
  );
  return { examId: exam.id, publicationId: published.publication.id, ...bank };
}

/** Schedules a sitting of a published exam for some accounts, by default open from now on for two hours. */
export async function sittingOf(
  server: TestServer,
  examId: string,
  title: string,
  candidates: readonly string[],
  {
    opensInMinutes = 0,
    allowClash = false,
    rules = {},
  }: {
    opensInMinutes?: number;
    allowClash?: boolean;
    rules?: Partial<Schema["ScheduleSittingRequest"]>;
  } = {},
): Promise<string> {
  const admin = await server.as(ADMIN);
  const opens = (await server.now()).getTime() + opensInMinutes * 60_000;
  const at = (minutes: number) => new Date(opens + minutes * 60_000).toISOString();
  const sitting = await take(
    admin.POST("/api/v1/exams/sittings", {
      body: {
        exam_id: examId,
        title,
        time_zone: "Asia/Shanghai",
        opens_at: at(0),
        entry_closes_at: at(30),
        window_ends_at: at(120),
        ...rules,
      },
    }),
  );
  await take(
    admin.POST("/api/v1/exams/sittings/{sitting_id}/roster", {
      params: { path: { sitting_id: sitting.id } },
      body: { account_ids: [...candidates], allow_clash: allowClash },
    }),
  );
  return sitting.id;
}

/** Makes the admission codes of a sitting, once word of its candidates has reached the service that checks them in. */
export async function admissionSlips(
  server: TestServer,
  sittingId: string,
  candidates: number,
): Promise<Schema["AdmissionSlip"][]> {
  const admin = await server.as(ADMIN);
  let slips: Schema["AdmissionSlip"][] = [];
  const issue = async () => {
    const { data } = await admin.POST("/api/v1/auth/sittings/{sitting_id}/admission-codes", {
      params: { path: { sitting_id: sittingId } },
      body: { which: "all" },
    });
    slips = data?.issued ?? [];
    return slips.length;
  };
  await expect.poll(issue).toBe(candidates);
  return slips;
}

/** A candidate enters, answers by the questions' numbers and hands in unless told otherwise; gives their ticket. */
export async function sit(
  server: TestServer,
  code: string,
  answers: readonly Schema["Response"][],
  handIn = true,
): Promise<string> {
  const admission = await take(server.client().POST("/api/v1/auth/check-in", { body: { code } }));
  const candidate = server.client({ "Exam-Ticket": admission.ticket });
  const params = { path: { attempt_id: admission.attempt_id } };
  const { lease_no } = await take(
    candidate.POST("/api/v1/exams/attempts/{attempt_id}/open", {
      params,
      body: { device_id: crypto.randomUUID() },
    }),
  );
  await take(
    candidate.POST("/api/v1/exams/attempts/{attempt_id}/start", { params, body: { lease_no } }),
  );
  const paper = await take(candidate.GET("/api/v1/exams/attempts/{attempt_id}/paper", { params }));
  await take(
    candidate.PUT("/api/v1/exams/attempts/{attempt_id}/responses", {
      params,
      body: {
        lease_no,
        entries: answers.flatMap((response, place) => {
          const question = paper.questions[place];
          return question ? [{ question_id: question.id, seq: place + 1, response }] : [];
        }),
      },
    }),
  );
  if (handIn)
    await take(
      candidate.POST("/api/v1/exams/attempts/{attempt_id}/submit", { params, body: { lease_no } }),
    );
  return admission.ticket;
}
