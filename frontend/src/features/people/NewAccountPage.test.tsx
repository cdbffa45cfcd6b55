import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { CreatedAccount, NewAccount, Unit } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { NewAccountPage } from "./NewAccountPage";

const unit = (id: string, name: string, parent_id: string | null): Unit => ({
  id,
  name,
  parent_id,
  code: null,
  kind: parent_id === null ? "faculty" : "course",
  path: `/${id}/`,
  term_id: null,
  archived: false,
});
let sent: NewAccount[];

beforeAll(() => loadTexts("people", "staff"));
beforeEach(() => {
  signInAs("admin");
  sent = [];
  server.use(
    http.get("*/api/v1/auth/units", () =>
      HttpResponse.json({
        items: [unit("science", "Science", null), unit("physics", "Physics", "science")],
      }),
    ),
    http.post("*/api/v1/auth/accounts", async ({ request }) => {
      const body = (await request.json()) as NewAccount;
      sent.push(body);
      if (body.username === "lin")
        return refuse(409, "auth.username_taken", "Somebody has this user name.", {
          errors: [
            { field: "username", code: "taken", message: "Somebody has this user name already." },
          ],
        });
      return HttpResponse.json<CreatedAccount>(
        {
          account: {
            id: "new",
            username: body.username,
            display_name: body.display_name,
            number: null,
            email: null,
            status: "invited",
            home_unit_id: null,
            home_unit_name: null,
            roles: [],
            created_at: "2026-09-01T00:00:00Z",
            updated_at: "2026-09-01T00:00:00Z",
          },
          activation: { code: "K7QM-3XPA-R2DT", expires_at: "2026-11-26T00:00:00Z" },
        },
        { status: 201 },
      );
    }),
  );
});

async function fill(user: ReturnType<typeof renderPage>["user"], label: string, text: string) {
  const field = screen.getByLabelText(label);
  await user.clear(field);
  await user.paste(text);
}

describe("making an account", () => {
  it("gives roles per unit, and hands over a code that is shown once", async () => {
    const onMade = vi.fn();
    const { user } = renderPage(<NewAccountPage onMade={onMade} />);
    await screen.findAllByRole("option", { name: "Physics" });
    await fill(user, "Name", "Lin Xiaoyu");
    await fill(user, "User name", "linxy");
    await user.selectOptions(screen.getByLabelText("Role"), "Marker");
    expect(screen.getByText("Marks responses, without seeing names.")).toBeVisible();
    await user.selectOptions(
      screen.getByLabelText("In"),
      screen.getAllByRole("option", { name: "Physics" }).slice(-1),
    );
    await user.click(screen.getByRole("button", { name: "Give" }));
    expect(screen.getByText("Science / Physics")).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Create account" }));
    const dialog = await screen.findByRole("dialog", { name: "Activation code for Lin Xiaoyu" });
    expect(within(dialog).getByRole("textbox", { name: "Activation code" })).toHaveValue(
      "K7QM-3XPA-R2DT",
    );
    expect(sent).toEqual([
      {
        username: "linxy",
        display_name: "Lin Xiaoyu",
        number: null,
        email: null,
        home_unit_id: null,
        roles: [{ role: "marker", unit_id: "physics" }],
      },
    ]);
    expect(onMade).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole("button", { name: "I have it" }));
    expect(onMade).toHaveBeenCalledExactlyOnceWith("new");
  });

  it("says at each field what is missing or taken, and keeps what was typed", async () => {
    const { user } = renderPage(<NewAccountPage onMade={() => undefined} />);
    await user.click(screen.getByRole("button", { name: "Create account" }));
    expect(screen.getByLabelText("Name")).toHaveAccessibleDescription("Type the person's name.");
    expect(screen.getByLabelText("User name")).toHaveAccessibleDescription(/Type a user name\./);
    expect(sent).toEqual([]);
    await fill(user, "Name", "Lin Xiaoyu");
    await fill(user, "User name", "lin");
    await user.click(screen.getByRole("button", { name: "Create account" }));
    await vi.waitFor(() =>
      expect(screen.getByLabelText("User name")).toHaveAccessibleDescription(
        /Somebody has this user name already/,
      ),
    );
    expect(screen.getByLabelText("Name")).toHaveValue("Lin Xiaoyu");
    await expectAccessible();
  });

  it("doesn't forget a role that was chosen and not yet given", async () => {
    const { user } = renderPage(<NewAccountPage onMade={() => undefined} />);
    await screen.findAllByRole("option", { name: "Physics" });
    await fill(user, "Name", "Lin Xiaoyu");
    await fill(user, "User name", "linxy");
    await user.selectOptions(screen.getByLabelText("Role"), "Marker");
    await user.click(screen.getByRole("button", { name: "Create account" }));
    expect(await screen.findByText("Give this role, or choose none.")).toBeVisible();
    expect(sent).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Give" }));
    await user.click(screen.getByRole("button", { name: "Create account" }));
    await screen.findByRole("dialog");
    expect(sent.map(({ roles }) => roles)).toEqual([[{ role: "marker", unit_id: null }]]);
  });
});
