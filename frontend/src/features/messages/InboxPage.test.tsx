import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Inbox, Message } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
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
