import { enter, expect, safety, take, test } from "./fixtures";
import { admissionSlips, CHOICE, CHOICES, ESSAY, publishedExam, sittingOf } from "./seed";

test("failure 23: the paper is fetched sealed before the start, and the start opens it", async ({
  page,
  server,
}) => {
  const mei = await server.person("sealed-1", "Mei Lin", "candidate");
  const exam = await publishedExam(server, "Oceans", [CHOICE, CHOICES, ESSAY]);
  const sitting = await sittingOf(server, exam.examId, "Oceans, January", [mei.id]);
  const [slip] = await admissionSlips(server, sitting, 1);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const sealed = page.waitForResponse((reply) => reply.url().includes("/api/v1/exams/sealed/"));

  await enter(page, slip?.code ?? "");
  await expect(page.getByRole("heading", { name: "Oceans, January" })).toBeVisible();
  const text = (await (await sealed).body()).toString("latin1");
  for (const words of ["vector", "velocity", "prime", "tides"]) expect(text).not.toContain(words);

  const before = asked.length;
  await page.getByRole("button", { name: "Start the exam" }).click();
  await expect(page.getByRole("heading", { name: "Question 1" })).toBeVisible();
  const after = asked.slice(before);
  expect(after.filter((path) => /\/(paper|sealed)/.test(path))).toEqual([]);

  // The paper on the device is the server's own paper of this attempt, to the last field.
  const [onDevice, ticket] = await page.evaluate(async () => {
    const opened = indexedDB.open("exam-system");
    await new Promise((resolve) => {
      opened.onsuccess = resolve;
    });
    const all = (store: string) =>
      new Promise<unknown[]>((resolve) => {
        const asked = opened.result.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => resolve(asked.result);
      });
    const [paper] = (await all("papers")) as { paper: object }[];
    const [admission] = (await all("tickets")) as { ticket: string }[];
    return [paper?.paper, admission?.ticket] as const;
  });
  const onServer = await take(
    server
      .client({ "Exam-Ticket": ticket ?? "" })
      .GET("/api/v1/exams/attempts/{attempt_id}/paper", {
        params: { path: { attempt_id: slip?.attempt_id ?? "" } },
      }),
  );
  expect(onDevice).toEqual(onServer);

  await page.getByRole("radio").first().check();
  await expect(safety(page, "Your answer is safe")).toBeVisible();
});
