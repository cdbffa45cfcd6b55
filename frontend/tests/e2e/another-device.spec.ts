import { enter, enterAndStart, expect, safety, signIn, test } from "./fixtures";
import { admissionSlips, CHOICE, ESSAY, publishedExam, sittingOf } from "./seed";

/** How soon a change has to reach whoever waits for it. */
const SOON_MS = 2_000;

test("an exam moves to another device when its candidate says so, and the first one shows what doesn't count", async ({
  page,
  context,
  browser,
  server,
}) => {
  const exam = await publishedExam(server, "Tides", [CHOICE, ESSAY]);
  const mei = await server.person("move-1", "Mei Lin", "candidate");
  const sittingId = await sittingOf(server, exam.examId, "Tides", [mei.id]);
  const [slip] = await admissionSlips(server, sittingId, 1);
  const code = slip?.code ?? "";
  await enterAndStart(page, code);
  await page.getByRole("radio", { name: "velocity" }).check();
  await expect(safety(page, "Your answer is safe")).toBeVisible();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await context.setOffline(true);
  await page.getByRole("textbox").fill("The moon pulls at the sea.");
  await expect(safety(page, "1 answer waiting — keep working")).toBeVisible();

  const elsewhere = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere.newPage();
  await enter(other, code);
  await expect(other.getByText("Your exam is open on another device").last()).toBeVisible();
  await expect(other.getByText("Open there since")).toBeVisible();
  await other.getByRole("button", { name: "Go on here" }).click();
  await expect(other.getByRole("radio", { name: "velocity" })).toBeChecked();

  await context.setOffline(false);
  await expect(
    page.getByRole("heading", { name: "1 answer from this device isn't counted" }),
  ).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText("The moon pulls at the sea.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("The moon pulls at the sea.")).toBeVisible();

  await page.getByRole("button", { name: "Go on here" }).click();
  await expect(safety(page, "All 2 answers are safe")).toBeVisible();
  await expect(other.getByText("Your exam is open on another device").last()).toBeVisible({
    timeout: SOON_MS,
  });
  await elsewhere.close();
});

test("where an invigilator decides, the candidate waits and goes on by themselves once it is allowed", async ({
  page,
  browser,
  server,
}) => {
  const exam = await publishedExam(server, "Currents", [CHOICE]);
  const tom = await server.person("move-2", "Tom Reed", "candidate");
  const ina = await server.person("move-3", "Ina Watch", "invigilator");
  const sittingId = await sittingOf(server, exam.examId, "Currents", [tom.id], {
    rules: { takeover: "invigilator" },
  });
  const [slip] = await admissionSlips(server, sittingId, 1);
  const code = slip?.code ?? "";
  await enterAndStart(page, code);

  const elsewhere = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere.newPage();
  await enter(other, code);
  await other.getByRole("button", { name: "Ask to go on here" }).click();
  await expect(other.getByText("As soon as they allow it")).toBeVisible();

  const desk = await browser.newContext({ baseURL: server.url });
  const watch = await desk.newPage();
  await signIn(watch, ina);
  await watch.waitForURL(/(officer|admin)/);
  await watch.goto(`/officer/sittings/${sittingId}/live`);
  await watch.getByRole("button", { name: "Allow …" }).click();
  const allow = watch.getByRole("dialog").getByRole("button", { name: "Allow it" });
  await allow.click();
  await expect(other.getByRole("heading", { level: 1, name: /^Question 1/ })).toBeVisible({
    timeout: SOON_MS,
  });
  await expect(page.getByText("Your exam is open on another device").last()).toBeVisible({
    timeout: SOON_MS,
  });
  await elsewhere.close();
  await desk.close();
});
