import { enter, enterAndStart, expect, safety, signIn, test } from "./fixtures";
import { admissionSlips, CHOICE, publishedExam, sittingOf } from "./seed";

/** How soon a change has to reach a running player. */
const SOON_MS = 2_000;

test("an invigilator stops the clock of a whole sitting, and nobody loses time or answers", async ({
  page,
  context,
  browser,
  server,
}) => {
  const exam = await publishedExam(server, "Waves", [CHOICE]);
  const mei = await server.person("pause-1", "Mei Lin", "candidate");
  const tom = await server.person("pause-2", "Tom Reed", "candidate");
  const ina = await server.person("pause-3", "Ina Watch", "invigilator");
  const sittingId = await sittingOf(server, exam.examId, "Waves", [mei.id, tom.id]);
  const slips = await admissionSlips(server, sittingId, 2);
  const codeOf = ({ id }: { id: string }) =>
    slips.find(({ candidate_id }) => candidate_id === id)?.code ?? "";
  await enterAndStart(page, codeOf(mei));
  await page.getByRole("radio", { name: "velocity" }).check();
  await expect(safety(page, "Your answer is safe")).toBeVisible();

  const desk = await browser.newContext({ baseURL: server.url });
  const watch = await desk.newPage();
  await signIn(watch, ina);
  await watch.waitForURL(/(officer|admin)/);
  await watch.goto(`/officer/sittings/${sittingId}/live`);
  await watch.getByRole("button", { name: "Pause everybody" }).click();
  await watch.getByLabel("Reason").fill("Fire alarm");
  await watch.getByRole("button", { name: "Stop the clock" }).click();
  await expect(page.getByText("Your exam is paused").last()).toBeVisible({ timeout: SOON_MS });
  await expect(page.getByRole("radio")).toHaveCount(0);
  await expect(page.getByText(/59 minutes.* left when it goes on/)).toBeVisible();

  // Who comes meanwhile waits; who loads the page again gets no paper either.
  const hall = await browser.newContext({ baseURL: server.url });
  const late = await hall.newPage();
  await enter(late, codeOf(tom));
  await expect(late.getByText("The exam is paused for everybody")).toBeVisible();
  await expect(late.getByRole("button", { name: "Start the exam" })).toBeDisabled();
  await page.reload();
  await expect(page.getByText("Your exam is paused").last()).toBeVisible();
  await expect(page.getByRole("radio")).toHaveCount(0);

  await server.advance(7 * 60);
  await watch.getByRole("button", { name: "Let it go on" }).click();
  await watch.getByRole("button", { name: "Go on now" }).click();
  await expect(page.getByRole("radio", { name: "velocity" })).toBeChecked({ timeout: SOON_MS });
  await expect(page.getByRole("timer")).toContainText("59:");
  await expect(late.getByRole("button", { name: "Start the exam" })).toBeEnabled({
    timeout: SOON_MS,
  });
  await page.getByRole("radio", { name: "mass" }).check();
  await expect(safety(page, "Your answer is safe")).toBeVisible();
  await context.close();
  await hall.close();
  await desk.close();
});
