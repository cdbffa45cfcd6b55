import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MyAttempt } from "@/shared/api";
import type { Inbox, Message } from "@/shared/api/types-officer";
import { chooseLanguage, loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { Bell } from "./Bell";
import { InboxPage } from "./InboxPage";

const facts = (id: string, read_at: string | null = null) => ({
  id,
  read_at,
  sent_at: "2026-11-24T01:00:00Z",
});
let messages: Message[];
let heard: { path: string; body: unknown }[];

beforeAll(() => loadTexts("messages", "staff"));
beforeEach(() => {
  signInAs("officer");
  heard = [];
  messages = [
    {
      ...facts("m3"),
      template: "text",
      parameters: { subject: "Room change", body: "Hall 2,\nnot hall 1." },
    },
    {
      ...facts("m2"),
      template: "sitting_cancelled",
      parameters: { sitting_id: "s1", title: "Physics" },
    },
    {
      ...facts("m1", "2026-11-24T02:00:00Z"),
      template: "results_released",
      parameters: { sitting_id: "s1", title: "Chemistry" },
    },
  ];
  const read = (path: string, ids: (body: unknown, id: string) => boolean) =>
    http.post(`*/api/v1/notifications/${path}`, async ({ request, params }) => {
      const text = await request.text();
      heard.push({
        path: new URL(request.url).pathname.replace("/api/v1/notifications/", ""),
        body: text === "" ? null : JSON.parse(text),
      });
      messages = messages.map((message) =>
        ids(null, message.id) || message.id === params["id"]
          ? { ...message, read_at: "2026-11-24T03:00:00Z" }
          : message,
      );
      return HttpResponse.json({});
    });
  server.use(
    http.get("*/api/v1/notifications", () =>
      HttpResponse.json<Inbox>({
        items: messages,
        next: null,
        unread: messages.filter(({ read_at }) => read_at === null).length,
      }),
    ),
    read("read-all", () => true),
    read(":id/read", () => false),
  );
});

describe("messages", () => {
  it("are counted by the bell, read one by one, and all at once", async () => {
    const { user } = renderPage(
      <>
        <Bell />
        <InboxPage />
      </>,
    );
    expect(await screen.findByRole("link", { name: "Messages, 2 not read" })).toHaveAttribute(
      "href",
      "/messages",
    );
    const cards = () => screen.getAllByRole("article").map((card) => within(card));
    await screen.findByRole("heading", { name: /Room change/ });
    const [first, second, third] = cards();
    expect(first?.getByText(/Hall 2,\s+not hall 1/)).toBeVisible();
    expect(second?.getByRole("heading")).toHaveTextContent("Called off: PhysicsNew");
    expect(third?.getByRole("heading")).toHaveTextContent(/^Results are out: Chemistry$/);
    await expectAccessible();
    expect(screen.getByText("3 messages")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Mark as read: Room change" }));
    expect(await screen.findByRole("link", { name: "Messages, 1 not read" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Mark as read: Room change" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Mark all as read" }));
    expect(await screen.findByRole("link", { name: "Messages" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Mark all as read" })).toBeNull();
    expect(heard).toEqual([
      { path: "m3/read", body: null },
      { path: "read-all", body: { newest_seen: "m3" } },
    ]);
  });

  it("leave the bell quiet when they can't be asked for, and the page says so", async () => {
    server.use(http.get("*/api/v1/notifications", () => refuse(503, "server.unavailable", "")));
    renderPage(
      <>
        <Bell />
        <InboxPage />
      </>,
    );
    expect(await screen.findByRole("alert")).toHaveTextContent("The server is busy.");
    expect(screen.getByRole("link", { name: "Messages" })).toBeVisible();
  });

  it("aren't missed when there are none", async () => {
    messages = [];
    renderPage(<InboxPage />);
    expect(await screen.findByText("No messages")).toBeVisible();
    await expectAccessible();
  });
});

describe("the news of a sitting", () => {
  const HOUR_MS = 3_600_000;
  const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
  const news = (sitting_id: string, opens_at: string): Message => ({
    ...facts(sitting_id),
    template: "sitting_scheduled",
    parameters: { sitting_id, title: sitting_id, opens_at },
  });
  const place = (
    sitting_id: string,
    opens_at: string,
    change: Partial<MyAttempt> = {},
  ): MyAttempt => ({
    sitting_id,
    attempt_id: sitting_id,
    title: sitting_id,
    opens_at,
    entry_closes_at: "2100-01-01T01:00:00Z",
    window_ends_at: "2100-01-01T02:00:00Z",
    time_zone: "Asia/Kathmandu",
    state: "scheduled",
    closed: false,
    cancelled: false,
    deferred: false,
    practice: false,
    released: false,
    duration_seconds: 3_600,
    extra_seconds: 0,
    deadline: null,
    score: null,
    points_max: null,
    ...change,
  });
  const answer = (...items: MyAttempt[]) =>
    server.use(
      http.get("*/api/v1/exams/me/attempts", () =>
        HttpResponse.json({ items, next: null, server_time: at(0) }),
      ),
    );
  const said = (title: string) =>
    screen.getByRole("heading", { name: new RegExp(`^${title}`) }).nextElementSibling?.textContent;
  afterEach(() => chooseLanguage("en"));

  it("tells times on clocks where the exam takes place, and whether it is open yet", async () => {
    const [past, later] = [at(-2), "2099-12-31T23:30:00Z"];
    messages = [
      news("later", later),
      news("open", past),
      news("running", past),
      news("handed in", past),
      news("ended", past),
      news("absent", past),
      news("missed", past),
      news("moved", past),
      news("called off", later),
    ];
    answer(
      place("later", later),
      place("open", past),
      place("running", past, { state: "in_progress", entry_closes_at: at(-1) }),
      place("handed in", past, { state: "submitted", closed: true }),
      place("ended", past, { state: "terminated", closed: true }),
      place("absent", past, { state: "absent" }),
      place("missed", past, { entry_closes_at: at(-1) }),
      place("moved", later),
      place("called off", later, { cancelled: true }),
    );
    renderPage(<InboxPage />);
    await screen.findByText(/^This exam is open until/);
    expect(said("later")).toMatch(
      /^This exam opens Jan 1, 2100, 5:15\sAM Asia\/Kathmandu \(GMT\+5:45\)\. You find it/,
    );
    expect(said("open")).toMatch(
      /^This exam is open until Jan 1, 2100, 6:45\sAM Asia\/Kathmandu \(GMT\+5:45\)/,
    );
    expect(said("running")).toMatch(/^This exam is under way/);
    expect(said("handed in")).toMatch(/^You have handed this exam in\./);
    expect(said("ended")).toMatch(/^This exam was ended for you by the invigilator\./);
    expect(said("absent")).toMatch(/^You are entered as absent/);
    expect(said("missed")).toMatch(/\(GMT\+5:45\) and is closed\./);
    expect(said("moved")).toMatch(/that has changed\./);
    expect(said("called off")).toMatch(/was called off/);
    await expectAccessible();
  });

  it("says no more than the message holds to whom the exams can't be told", async () => {
    messages = [news("later", at(2)), news("past", at(-2))];
    server.use(http.get("*/api/v1/exams/me/attempts", () => refuse(503, "server.unavailable", "")));
    renderPage(<InboxPage />);
    expect(await screen.findByText(/^This exam opens /)).toBeVisible();
    expect(screen.getByText(/^This exam opened /)).toBeVisible();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("counts messages as messages, in Chinese too", async () => {
    await chooseLanguage("zh-CN");
    answer(place("open", at(-2)));
    messages = [news("open", at(-2))];
    renderPage(<InboxPage />);
    expect(await screen.findByText("1 条消息")).toBeVisible();
  });
});
