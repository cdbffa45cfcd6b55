import { enterAndStart, expect, signIn, test } from "./fixtures";
import { admissionSlips, CHOICE, publishedExam } from "./seed";

/** How soon a change has to reach a running player. */
const SOON_MS = 2_000;

test("a fire alarm in a room gives those who work there their time back, with its reason", async ({
  page,
  browser,
  server,
}) => {
  const exam = await publishedExam(server, "Winds", [CHOICE]);
  const admin = await browser.newContext({ baseURL: server.url });
  const opens = (await server.now()).getTime();
  const at = (minutes: number) => new Date(opens + minutes * 60_000).toISOString();
  const sitting = (await server.asAdmin("POST", "/api/v1/exams/sittings", {
    exam_id: exam.examId,
    title: "Winds",
    time_zone: "Asia/Shanghai",
    opens_at: at(0),
    entry_closes_at: at(30),
    window_ends_at: at(120),
  })) as { id: string };
  const officer = await server.person("room-1", "Olu Officer", "officer");
  const desk = await admin.newPage();
  await signIn(desk, officer);
  await desk.waitForURL(/(officer|admin)/);
  await desk.goto(`/officer/sittings/${sitting.id}/roster/import`);
  const csv = "number,name,room\nR1,Ada Bell,Room 12\nR2,Cai Dong,Hall\n";
  await desk
    .getByLabel("Drop a CSV file here, or choose one")
    .setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await desk.getByRole("button", { name: "Check the file" }).click();
  await desk.getByRole("button", { name: /^Import 2/ }).click();
  await expect(desk.getByText("2 candidates are new on the roster")).toBeVisible();
  const slips = await admissionSlips(server, sitting.id, 2);
  const codeOf = (name: string) =>
    slips.find(({ candidate_name }) => candidate_name === name)?.code ?? "";
  await enterAndStart(page, codeOf("Ada Bell"));
  const hall = await browser.newContext({ baseURL: server.url });
  const other = await hall.newPage();
  await enterAndStart(other, codeOf("Cai Dong"));

  await desk.goto(`/officer/sittings/${sitting.id}/live`);
  await desk.getByRole("combobox", { name: "Room" }).selectOption("Room 12");
  await expect(desk.getByRole("rowheader")).toHaveCount(1);
  await desk.getByRole("button", { name: "Incident" }).click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Minutes" }).fill("7");
  await dialog.getByLabel("Reason").fill("Fire alarm in room 12");
  await dialog.getByRole("button", { name: "Credit 7 minutes" }).click();
  await expect(page.getByText("You have 7 minutes more")).toBeVisible({ timeout: SOON_MS });
  await expect(page.getByText("Because: Fire alarm in room 12.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Your time" })).toBeVisible();
  await expect(other.getByText("You have 7 minutes more")).toBeHidden();
  await expect(other.getByRole("timer")).toContainText("59:");

  await desk.goto(`/officer/sittings/${sitting.id}`);
  const incidents = desk.getByRole("table", { name: "Incidents" });
  await expect(incidents.getByRole("row").nth(1)).toContainText("Fire alarm in room 12");
  await admin.close();
  await hall.close();
});
