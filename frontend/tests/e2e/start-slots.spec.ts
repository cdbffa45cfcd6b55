import { enter, expect, test } from "./fixtures";
import { admissionSlips, CHOICE, publishedExam, sittingOf } from "./seed";

test("where starts are spread, a candidate waits for their own moment and has the whole time", async ({
  page,
  server,
}) => {
  const exam = await publishedExam(server, "Clouds", [CHOICE]);
  const people = [];
  for (const number of [1, 2, 3, 4])
    people.push(await server.person(`slot-${number}`, `Candidate ${number}`, "candidate"));
  const sittingId = await sittingOf(
    server,
    exam.examId,
    "Clouds",
    people.map(({ id }) => id),
    { opensInMinutes: 2, rules: { start_spread_seconds: 60 } },
  );
  const opens = (await server.now()).getTime() + 2 * 60_000;
  // The one of them whose moment comes last.
  let last = { startsAt: 0, code: "" };
  for (const { code } of await admissionSlips(server, sittingId, people.length)) {
    const client = server.client();
    const { data } = await client.POST("/api/v1/auth/check-in", { body: { code } });
    const { data: attempt } = await server
      .client({ "Exam-Ticket": data?.ticket ?? "" })
      .GET("/api/v1/exams/attempts/{attempt_id}", {
        params: { path: { attempt_id: data?.attempt_id ?? "" } },
      });
    const startsAt = Date.parse(attempt?.starts_at ?? "");
    expect(startsAt).toBeGreaterThanOrEqual(opens - 5_000);
    expect(startsAt).toBeLessThan(opens + 60_000);
    if (startsAt > last.startsAt) last = { startsAt, code };
  }
  await enter(page, last.code);
  await expect(page.getByText("You can start in")).toBeVisible();
  await expect(page.getByRole("button", { name: "Start the exam" })).toBeDisabled();
  const wait = last.startsAt - (await server.now()).getTime();
  await server.advance(Math.ceil(wait / 1_000));
  await page.reload();
  await page.getByRole("button", { name: "Start the exam" }).click();
  await expect(page.getByRole("timer")).toContainText(/1:00:00|59:5/);
});
