import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { AccountSummary, ActivationCode, FoundPerson } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { renderPage } from "@/shared/test/renderPage";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { AccountsPage } from "./AccountsPage";
import { FindPeoplePage } from "./FindPeoplePage";

const person = (id: string, name: string, change: Partial<FoundPerson> = {}): FoundPerson => ({
  id,
  username: id,
  display_name: name,
  number: null,
  status: "active",
  ...change,
});

beforeAll(() => loadTexts("people", "staff"));
beforeEach(() => {
  server.use(
    http.get("*/api/v1/auth/units", () =>
      HttpResponse.json({
        items: [{ id: "physics", name: "Physics", parent_id: null, kind: "course" }],
      }),
    ),
  );
});

describe("the accounts", () => {
  it("are found by words, role and unit, page after page", async () => {
    signInAs("admin");
    const asked: string[] = [];
    server.use(
      http.get("*/api/v1/auth/accounts", ({ request }) => {
        const query = new URL(request.url).searchParams;
        query.delete("limit");
        asked.push(query.toString());
        const nobody = query.get("q") === "zhou";
        const second = query.get("after") !== null;
        const items: AccountSummary[] = [
          { ...person(second ? "wumin" : "linxy", second ? "Wu Min" : "Lin Xiaoyu"), email: null },
        ];
        return HttpResponse.json({ items: nobody ? [] : items, next: second ? null : "2" });
      }),
    );
    const { user } = renderPage(<AccountsPage />);
    expect(await screen.findByRole("link", { name: "Lin Xiaoyu" })).toHaveAttribute(
      "href",
      "/admin/users/linxy",
    );
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Show more" }));
    expect(await screen.findByRole("link", { name: "Wu Min" })).toBeVisible();
    await user.selectOptions(screen.getByLabelText("Role"), "Marker");
    await user.selectOptions(screen.getByLabelText("Unit"), "Physics");
    await user.click(screen.getByRole("searchbox"));
    await user.paste("zhou");
    expect(await screen.findByText("Nobody found")).toBeVisible();
    expect(asked[1]).toBe("after=2");
    expect(asked.at(-1)).toBe("q=zhou&role=marker&unit_id=physics");
  });
});

describe("finding people", () => {
  const lin = person("linxy", "Lin Xiaoyu", { number: "1001" });
  beforeEach(() => {
    server.use(
      http.get("*/api/v1/auth/people", () => HttpResponse.json({ items: [lin], next: null })),
    );
  });

  it("lets an officer help somebody who forgot the password, by a code that is shown once", async () => {
    signInAs("officer");
    const reset = vi.fn();
    server.use(
      http.post("*/api/v1/auth/accounts/linxy/reset", () => {
        reset();
        return HttpResponse.json<ActivationCode>({
          code: "K7QM-3XPA-R2DT",
          expires_at: "2026-11-26T00:00:00Z",
        });
      }),
    );
    const { user } = renderPage(<FindPeoplePage />);
    await user.click(await screen.findByRole("button", { name: "More for Lin Xiaoyu" }));
    await user.click(await screen.findByRole("menuitem", { name: "Reset password" }));
    expect(reset).not.toHaveBeenCalled();
    const asking = within(await screen.findByRole("dialog", { name: "New code for Lin Xiaoyu?" }));
    await user.click(asking.getByRole("button", { name: "Reset password" }));
    const dialog = within(
      await screen.findByRole("dialog", { name: "Activation code for Lin Xiaoyu" }),
    );
    expect(dialog.getByRole("textbox")).toHaveValue("K7QM-3XPA-R2DT");
    await expectAccessible();
  });

  it("lets an invigilator look, and change nothing", async () => {
    signInAs("invigilator");
    renderPage(<FindPeoplePage />);
    expect(await screen.findByText("Lin Xiaoyu")).toBeVisible();
    expect(screen.queryByRole("button", { name: /More for/ })).toBeNull();
    await expectAccessible();
  });
});
