import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { useState } from "react";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { NewUnit, Person, Term, Unit } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { UnitsPage } from "./UnitsPage";

const unit = (id: string, name: string, change: Partial<Unit> = {}): Unit => ({
  id,
  name,
  code: null,
  kind: "faculty",
  parent_id: null,
  path: `/${id}/`,
  term_id: null,
  archived: false,
  ...change,
});
const autumn: Term = {
  id: "autumn",
  name: "Autumn 2026",
  starts_on: "2026-09-01",
  ends_on: "2027-01-15",
};
let units: Unit[];
let members: Person[];
let heard: { act: string; body: unknown }[];

beforeAll(() => loadTexts("units", "staff"));
beforeEach(() => {
  signInAs("admin");
  heard = [];
  members = [];
  units = [
    unit("science", "Science"),
    unit("physics", "Physics", { kind: "course", parent_id: "science", code: "PHY" }),
  ];
  server.use(
    http.get("*/api/v1/auth/units", ({ request }) => {
      const all = new URL(request.url).searchParams.get("archived") === "true";
      return HttpResponse.json({ items: units.filter(({ archived }) => all || !archived) });
    }),
    http.get("*/api/v1/auth/terms", () => HttpResponse.json({ items: [autumn] })),
    http.post("*/api/v1/auth/units", async ({ request }) => {
      const body = (await request.json()) as NewUnit;
      heard.push({ act: "make", body });
      if (units.some(({ name }) => name === body.name))
        return refuse(409, "auth.unit_exists", "There is such a unit.", {
          errors: [{ field: "name", code: "taken", message: "This name is taken here." }],
        });
      const made = unit("made", body.name, { kind: body.kind, parent_id: body.parent_id ?? null });
      units = [...units, made];
      return HttpResponse.json(made, { status: 201 });
    }),
    http.patch("*/api/v1/auth/units/:unit", async ({ request, params }) => {
      const body = (await request.json()) as Partial<Unit>;
      heard.push({ act: `change ${params["unit"]}`, body });
      units = units.map((one) => (one.id === params["unit"] ? { ...one, ...body } : one));
      return HttpResponse.json(units.find(({ id }) => id === params["unit"]));
    }),
    http.get("*/api/v1/auth/units/:unit/members", () =>
      HttpResponse.json({ items: members, next: null }),
    ),
  );
});

function Page() {
  const [chosen, setChosen] = useState<string | null>(null);
  return <UnitsPage chosen={chosen} onChoose={setChosen} />;
}
async function draw() {
  const page = renderPage(<Page />);
  const tree = within(await screen.findByRole("list", { name: "Units" }));
  return { ...page, tree };
}

describe("the organisation", () => {
  it("grows below a unit, by the kinds that may lie there", async () => {
    const { user, tree } = await draw();
    expect(await screen.findByText("Sep 1, 2026 to Jan 15, 2027")).toBeVisible();
    await user.click(tree.getByRole("button", { name: /^Physics/ }));
    expect(await screen.findByText("Nobody belongs to this unit directly.")).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Add below" }));
    const dialog = within(await screen.findByRole("dialog", { name: "New unit below Physics" }));
    expect(dialog.getAllByRole("radio")).toEqual([dialog.getByRole("radio", { name: "Class" })]);
    await user.click(dialog.getByLabelText("Name"));
    await user.paste("Physics 1A");
    await user.click(dialog.getByRole("button", { name: "Make unit" }));
    expect(
      await screen.findByRole("heading", { name: /Science \/ Physics \/ Physics 1A/ }),
    ).toBeVisible();
    // Nothing can lie below a class.
    expect(screen.queryByRole("button", { name: "Add below" })).toBeNull();
    expect(heard.at(-1)).toEqual({
      act: "make",
      body: { parent_id: "physics", kind: "class", name: "Physics 1A", code: null, term_id: null },
    });
  });

  it("takes no name that is missing or taken, and says so at the name", async () => {
    const { user } = await draw();
    await user.click(screen.getByRole("button", { name: "New unit" }));
    const dialog = within(await screen.findByRole("dialog", { name: "New unit" }));
    await user.click(dialog.getByRole("button", { name: "Make unit" }));
    const name = dialog.getByLabelText("Name");
    expect(name).toHaveAccessibleDescription("Give it a name.");
    expect(heard).toEqual([]);
    await user.click(name);
    await user.paste("Science");
    await user.click(dialog.getByRole("button", { name: "Make unit" }));
    expect(await dialog.findByText("This name is taken here.")).toBeVisible();
    expect(name).toHaveValue("Science");
    await expectAccessible();
  });

  it("archives a unit after saying what stays, and brings it back", async () => {
    const { user, tree } = await draw();
    units = [...units, unit("old", "Alchemy", { archived: true })];
    const all = screen.getByRole("checkbox", { name: "Show what is archived" });
    await user.click(all);
    expect(await tree.findByRole("button", { name: /^Alchemy/ })).toBeVisible();
    expect(all).toHaveFocus();
    await user.click(tree.getByRole("button", { name: /^Physics/ }));
    await user.click(screen.getByRole("button", { name: "Archive" }));
    const dialog = await screen.findByRole("dialog", { name: "Archive Physics?" });
    expect(dialog).toHaveAccessibleDescription(/Its exams, sittings and results stay/);
    expect(heard).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Archive" }));
    await user.click(await screen.findByRole("button", { name: "Bring back" }));
    expect(await screen.findByRole("button", { name: "Archive" })).toBeVisible();
    expect(heard).toEqual([
      { act: "change physics", body: { archived: true } },
      { act: "change physics", body: { archived: false } },
    ]);
  });

  it("takes members in and out", async () => {
    const lin: Person = { id: "lin", display_name: "Lin Xiaoyu", number: "1001" };
    server.use(
      http.get("*/api/v1/auth/people", () =>
        HttpResponse.json({ items: [{ ...lin, username: "lin", status: "active" }], next: null }),
      ),
      http.post("*/api/v1/auth/units/physics/members", async ({ request }) => {
        heard.push({ act: "add", body: await request.json() });
        members = [lin];
        return HttpResponse.json({ added: 1 });
      }),
      http.delete("*/api/v1/auth/units/physics/members/lin", () => {
        members = [];
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user, tree } = await draw();
    await user.click(tree.getByRole("button", { name: /^Physics/ }));
    await user.click(screen.getByRole("button", { name: "Add" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Add members to Physics" }));
    await user.click(dialog.getByRole("searchbox"));
    await user.paste("lin");
    await user.click(await dialog.findByRole("button", { name: "Add Lin Xiaoyu" }));
    await expect.poll(() => dialog.getByRole("button", { name: "Add Lin Xiaoyu" })).toBeDisabled();
    await user.click(dialog.getByRole("button", { name: "Done" }));
    await user.click(await screen.findByRole("button", { name: "Take Lin Xiaoyu out" }));
    expect(await screen.findByText("Nobody belongs to this unit directly.")).toBeVisible();
    expect(heard).toEqual([{ act: "add", body: { accounts: ["lin"] } }]);
  });
});
