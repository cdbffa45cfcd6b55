import { ADMIN, expect, type Person, type TestServer, take } from "./fixtures";
import { admissionSlips, CHOICE, CHOICES, ESSAY, publishedExam, sit, sittingOf } from "./seed";

/** An institution in the middle of its work: something stands on every page. */
export interface World {
  candidate: Person;
  /** What stands in addresses: `$bankId` is one of the banks. */
  ids: Record<string, string>;
  /** What stands in the addresses that the candidate sees: an attempt whose results are out. */
  reviewed: { ids: Record<string, string> };
}

export async function makeWorld(server: TestServer): Promise<World> {
  const admin = await server.as(ADMIN);
  const faculty = await take(
    admin.POST("/api/v1/auth/units", { body: { kind: "faculty", name: "Faculty of Science" } }),
  );
  await take(
    admin.POST("/api/v1/auth/terms", {
      body: { name: "Spring", starts_on: "2027-02-01", ends_on: "2027-06-30" },
    }),
  );
  const mei = await server.person("2601", "Mei Lin", "candidate");
  const tom = await server.person("2602", "Tom Reed", "candidate");
  const eve = await server.person("2603", "Eve Fang", "candidate");
  await take(
    admin.POST("/api/v1/auth/units/{unit_id}/members", {
      params: { path: { unit_id: faculty.id } },
      body: { accounts: [mei.id, tom.id] },
    }),
  );

  const exam = await publishedExam(server, "Oceans", [CHOICE, CHOICES, ESSAY], { solutions: true });
  const category = await take(
    admin.POST("/api/v1/questions/banks/{bank_id}/categories", {
      params: { path: { bank_id: exam.bankId } },
      body: { name: "Currents" },
    }),
  );
  const stimulus = await take(
    admin.POST("/api/v1/questions/banks/{bank_id}/stimuli", {
      params: { path: { bank_id: exam.bankId } },
      body: { title: "The Gulf Stream", text: { format: "markdown", text: "It is **warm**." } },
    }),
  );
  await take(
    admin.POST("/api/v1/questions/banks/{bank_id}/questions", {
      params: { path: { bank_id: exam.bankId } },
      body: {
        category_id: category.id,
        tags: ["currents"],
        content: { ...CHOICE, title: "Stream", state: "draft", stimulus_id: stimulus.id },
      },
    }),
  );

  const whole = await sittingOf(server, exam.examId, "Oceans, January", [mei.id]);
  for (const slip of await admissionSlips(server, whole, 1))
    await sit(server, slip.code, [
      { type: "single_choice", choice: "b" },
      { type: "multiple_choice", choices: ["a"] },
    ]);
  await take(
    admin.POST("/api/v1/exams/sittings/{sitting_id}/release", {
      params: { path: { sitting_id: whole } },
      body: { force: true, reason: "a look at the results" },
    }),
  );

  const running = await sittingOf(server, exam.examId, "Oceans, March", [tom.id, eve.id, mei.id], {
    allowClash: true,
  });
  const slips = await admissionSlips(server, running, 3);
  const slipOf = (person: { id: string }) => {
    const slip = slips.find(({ candidate_id }) => candidate_id === person.id);
    if (slip === undefined) throw new Error("a candidate has no admission code");
    return slip;
  };
  await sit(server, slipOf(tom).code, [
    { type: "single_choice", choice: "a" },
    { type: "multiple_choice", choices: ["a", "b"] },
    { type: "essay", text: "The moon pulls at the sea." },
  ]);
  const ticket = await sit(
    server,
    slipOf(eve).code,
    [{ type: "single_choice", choice: "c" }],
    false,
  );
  await take(
    server
      .client({ "Exam-Ticket": ticket })
      .POST("/api/v1/proctoring/attempts/{attempt_id}/violations", {
        params: { path: { attempt_id: slipOf(eve).attempt_id } },
        body: { kind: "tab_hidden", signal_id: crypto.randomUUID(), duration_seconds: 12 },
      }),
  );
  await sittingOf(server, exam.examId, "Oceans, May", [eve.id], { opensInMinutes: 3_000 });
  const me = await take(admin.GET("/api/v1/auth/me"));
  await take(
    admin.POST("/api/v1/notifications/messages", {
      body: {
        recipient_ids: [me.id, mei.id],
        subject: "Hall 3",
        body: "The clock in hall 3 is late.",
      },
    }),
  );
  const essay = async () => {
    const { data } = await admin.GET("/api/v1/exams/sittings/{sitting_id}/marking", {
      params: { path: { sitting_id: running } },
    });
    return data?.questions[0]?.question_id ?? "";
  };
  await expect.poll(essay).not.toBe("");
  const mine = await take((await server.as(mei)).GET("/api/v1/exams/me/attempts"));
  const attempt = mine.items.find(({ sitting_id }) => sitting_id === whole);
  if (attempt === undefined) throw new Error("the candidate has no attempt");
  return {
    candidate: mei,
    ids: {
      $bankId: exam.bankId,
      $stimulusId: stimulus.id,
      $questionId: exam.questionIds[0] ?? "",
      $markedId: await essay(),
      $examId: exam.examId,
      $publicationId: exam.publicationId,
      $sittingId: running,
      $attemptId: slipOf(tom).attempt_id,
      $watchedId: slipOf(eve).attempt_id,
      $accountId: tom.id,
      $unitId: faculty.id,
      $releasedId: whole,
    },
    reviewed: { ids: { $attemptId: attempt.attempt_id } },
  };
}
