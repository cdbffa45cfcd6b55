import { screen, within } from "@testing-library/react";
import { beforeAll, describe, expect, it } from "vitest";
import type { Role } from "@/shared/api";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { renderPage } from "@/shared/test/renderPage";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { SittingFrame } from "./SittingFrame";

beforeAll(() => loadTexts("sittings", "staff"));

function pagesFor(role: Role) {
  signInAs(role);
  const { unmount } = renderPage(<SittingFrame sitting={sittingFor()}>{null}</SittingFrame>);
  const pages = within(screen.getByRole("navigation", { name: "Pages of this sitting" }))
    .getAllByRole("link")
    .map((link) => link.textContent);
  unmount();
  return pages;
}

describe("the pages of a sitting", () => {
  it("are those that a person's role has a use for", () => {
    expect(pagesFor("officer")).toHaveLength(7);
    expect(pagesFor("invigilator")).toEqual(["Overview", "Roster", "Live", "Violations"]);
    expect(pagesFor("marker")).toEqual(["Overview", "Roster", "Marking"]);
    expect(pagesFor("analyst")).toEqual(["Overview", "Roster", "Results", "Statistics"]);
  });

  it("stand below a clock that says what comes next", async () => {
    signInAs("officer");
    const now = Date.now();
    const soon = new Date(now + 10 * 60_000).toISOString();
    renderPage(
      <SittingFrame sitting={sittingFor({ entry_closes_at: soon }, now)}>{null}</SittingFrame>,
    );
    expect(screen.getByText("Entry closes in")).toBeVisible();
    expect(screen.getByRole("timer")).toHaveTextContent(/^(10:0[01]|9:5\d)$/);
    await expectAccessible();
  });
});
