import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type {
  AccountDetails,
  ActivationCode,
  RoleInUnit,
  SignInSession,
  Unit,
} from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { AccountPage } from "./AccountPage";

const physics: Unit = {
  id: "physics",
  name: "Physics",
  code: null,
  kind: "course",
  parent_id: null,
  path: "/physics/",
  term_id: null,
  archived: false,
};
let account: AccountDetails;
let heard: { act: string; body: unknown }[];

beforeAll(() => loadTexts("people", "staff"));
beforeEach(() => {
  signInAs("admin");
  heard = [];
  account = {
    id: "wu",
    username: "wumin",
    display_name: "Wu Min",
    number: null,
    email: null,
    status: "active",
    home_unit_id: null,
    home_unit_name: null,
    roles: [{ role: "marker", unit_id: null, unit_name: null }],
    created_at: "2026-09-01T00:00:00Z",
    updated_at: "2026-09-01T00:00:00Z",
  };
  /** Takes a change of the account as the server does. */
  const change = (act: string, what: (body: RoleInUnit) => Partial<AccountDetails>) =>
    http.post(`*/api/v1/auth/accounts/:account/${act}`, async ({ request }) => {
      const text = await request.text();
      const body: unknown = text === "" ? null : JSON.parse(text);
      heard.push({ act, body });
      account = { ...account, ...what(body as RoleInUnit) };
      return HttpResponse.json(account);
    });
  server.use(
    http.get("*/api/v1/auth/units", () => HttpResponse.json({ items: [physics] })),
    http.get("*/api/v1/auth/accounts/:account", () => HttpResponse.json(account)),
    http.get("*/api/v1/auth/accounts/:account/sessions", () =>
      HttpResponse.json<{ items: SignInSession[] }>({ items: [] }),
    ),
    change("roles", ({ role, unit_id }) => ({
      roles: [...account.roles, { role, unit_id: unit_id ?? null, unit_name: "Physics" }],
    })),
    change("roles/revoke", (gone) => ({
      roles: account.roles.filter(({ role }) => role !== gone.role),
    })),
    change("disable", () => ({ status: "disabled" })),
    http.post("*/api/v1/auth/accounts/:account/reset", () => {
      heard.push({ act: "reset", body: null });
      return HttpResponse.json<ActivationCode>({
        code: "K7QM-3XPA-R2DT",
        expires_at: "2026-11-26T00:00:00Z",
      });
    }),
  );
});

const draw = async (id = account.id) => {
  const page = renderPage(<AccountPage accountId={id} />);
  await screen.findByRole("heading", { name: new RegExp(account.display_name), level: 1 });
  await screen.findByText("Nowhere at the moment.");
  return page;
};

describe("an account", () => {
  it("gets a role in a unit, never twice, and loses it", async () => {
    const { user } = await draw();
    await user.selectOptions(screen.getByLabelText("Role"), "Marker");
    expect(screen.getByText("This person has that role there already.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Give" })).toBeDisabled();
    await user.selectOptions(screen.getByLabelText("In"), "Physics");
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Give" }));
    const physicsMarker = await screen.findByRole("button", {
      name: "Take away: Marker in Physics",
    });
    expect(await screen.findByText(/^Roles changed\./)).toBeVisible();
    await user.click(physicsMarker);
    await screen.findByText("No roles: this person can sign in, and do nothing.");
    expect(heard).toEqual([
      { act: "roles", body: { role: "marker", unit_id: "physics" } },
      { act: "roles/revoke", body: { role: "marker", unit_id: "physics" } },
    ]);
  });

  it("gets a new password by a code that is shown once, after the administrator was asked", async () => {
    const { user } = await draw();
    await user.click(screen.getByRole("button", { name: "Reset password" }));
    const asking = await screen.findByRole("dialog", { name: "New code for Wu Min?" });
    expect(asking).toHaveAccessibleDescription(/The password stops working at once/);
    expect(heard).toEqual([]);
    await user.click(within(asking).getByRole("button", { name: "Reset password" }));
    const dialog = await screen.findByRole("dialog", { name: "Activation code for Wu Min" });
    expect(within(dialog).getByRole("textbox", { name: "Activation code" })).toHaveValue(
      "K7QM-3XPA-R2DT",
    );
    expect(dialog).toHaveAccessibleDescription(/With the user name wumin and this code/);
    expect(within(dialog).getByText(/The code is shown this once/)).toBeVisible();
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "I have it" }));
    expect(screen.queryByDisplayValue("K7QM-3XPA-R2DT")).toBeNull();
    expect(heard).toHaveLength(1);
  });

  it("is disabled after it was said what follows; what went wrong before isn't said again", async () => {
    const { user } = await draw();
    const ask = async () => {
      await user.click(screen.getByRole("button", { name: "More" }));
      await user.click(await screen.findByRole("menuitem", { name: "Disable" }));
      return within(await screen.findByRole("dialog", { name: "Disable Wu Min?" }));
    };
    server.use(
      http.post(
        "*/api/v1/auth/accounts/:account/disable",
        () => refuse(409, "auth.last_admin", "This is the last administrator."),
        { once: true },
      ),
    );
    let dialog = await ask();
    await user.click(dialog.getByRole("button", { name: "Disable" }));
    expect(await dialog.findByRole("alert")).toHaveTextContent("This is the last administrator.");
    await user.click(dialog.getByRole("button", { name: "Cancel" }));
    dialog = await ask();
    expect(dialog.queryByRole("alert")).toBeNull();
    await user.click(dialog.getByRole("button", { name: "Disable" }));
    expect(await screen.findByText("This account is disabled")).toBeVisible();
    expect(screen.getByRole("button", { name: "Enable" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Reset password" })).toBeNull();
  });
});

describe("one's own account", () => {
  beforeEach(() => {
    const { id, username, display_name, roles } = signInAs("admin", "officer");
    account = {
      ...account,
      id,
      username,
      display_name,
      roles: roles.map((role) => ({ ...role, unit_id: null, unit_name: null })),
    };
  });

  it("can't be closed or reset from here, and says what to do instead", async () => {
    const { user } = await draw();
    expect(screen.getByText("This is your own account")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Reset password" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "More" }));
    expect(await screen.findByRole("menuitem", { name: "Lift sign-in wait" })).toBeVisible();
    expect(screen.queryByRole("menuitem", { name: "Disable" })).toBeNull();
  });

  it("loses the role of an administrator only after a question, any other at once", async () => {
    const { user } = await draw();
    await user.click(
      screen.getByRole("button", { name: "Take away: Administrator in Whole institution" }),
    );
    const dialog = await screen.findByRole("dialog", {
      name: "Give up your own role as an administrator?",
    });
    expect(dialog).toHaveAccessibleDescription(/You can't undo this yourself/);
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    expect(heard).toEqual([]);
    await user.click(
      screen.getByRole("button", { name: "Take away: Exam officer in Whole institution" }),
    );
    await screen.findByText(/^Roles changed\./);
    expect(heard).toEqual([{ act: "roles/revoke", body: { role: "officer", unit_id: null } }]);
    await user.click(
      screen.getByRole("button", { name: "Take away: Administrator in Whole institution" }),
    );
    await user.click(await screen.findByRole("button", { name: "Give up the role" }));
    await screen.findByText("No roles: this person can sign in, and do nothing.");
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});
