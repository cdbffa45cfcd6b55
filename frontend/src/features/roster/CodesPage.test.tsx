import { Link } from "@tanstack/react-router";
import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { AdmissionSlip, IssuedCodes } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { renderPage } from "@/shared/test/renderPage";
import { takeSavedFiles } from "@/shared/test/savedFiles";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { CodesPage } from "./CodesPage";

const sitting = sittingFor({ opens_at: "2026-11-24T01:00:00Z" });
const slip = (number: string, name: string, code: string): AdmissionSlip => ({
  attempt_id: `attempt ${number}`,
  candidate_id: `candidate ${number}`,
  candidate_name: name,
  number,
  code,
  opens_at: sitting.opens_at,
});

let asked: unknown[];
const answer = (...issued: AdmissionSlip[]) =>
  server.use(
    http.post("*/api/v1/auth/sittings/:sitting/admission-codes", async ({ request }) => {
      asked.push(await request.json());
      return HttpResponse.json<IssuedCodes>({
        sitting_id: sitting.id,
        title: sitting.title,
        issued,
        kept: 1,
      });
    }),
  );

beforeAll(() => loadTexts("roster", "staff"));
beforeEach(() => {
  signInAs("officer");
  asked = [];
});

describe("admission codes", () => {
  it("are made for who has none, shown this once, and come out of the printer as sheets", async () => {
    const print = vi.spyOn(window, "print").mockImplementation(() => undefined);
    const saved = takeSavedFiles();
    answer(slip("1001", "Lin Xiaoyu", "K7QM-3XPA"), slip("1002", "Wu, Min", "R2DT-9HWC"));
    const { user, unmount } = renderPage(<CodesPage sitting={sitting} />);
    await user.click(screen.getByRole("button", { name: "Make codes" }));
    expect(await screen.findByText("2 codes, shown this once")).toBeVisible();
    expect(screen.getByText(/1 code that was printed before stays good/)).toBeVisible();
    expect(asked).toEqual([{ which: "missing" }]);
    const sheets = within(screen.getByRole("list", { name: "Sheets" }));
    const [first, second] = sheets.getAllByRole("listitem").map((sheet) => within(sheet));
    expect(first?.getByText("K7QM-3XPA")).toBeVisible();
    expect(first?.getByText("Lin Xiaoyu")).toBeVisible();
    // The hall's clock, whatever the officer's.
    expect(first?.getByText(/^Nov 24, 2026, 9:00/)).toHaveTextContent("Asia/Shanghai (GMT+8)");
    expect(second?.getByText("R2DT-9HWC")).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Print" }));
    expect(print).toHaveBeenCalledOnce();
    await user.click(screen.getByRole("button", { name: "Save as CSV" }));
    expect(saved.map(({ name }) => name)).toEqual(["Admission codes Physics, autumn.csv"]);
    expect(await saved[0]?.content.text()).toBe(
      'Number,Name,Admission code\r\n1001,Lin Xiaoyu,K7QM-3XPA\r\n1002,"Wu, Min",R2DT-9HWC\r\n',
    );
    // Who comes back finds no code any more.
    unmount();
    renderPage(<CodesPage sitting={sitting} />);
    expect(screen.queryByText("K7QM-3XPA")).toBeNull();
    expect(screen.getByRole("button", { name: "Make codes" })).toBeVisible();
  });

  it("are made anew for everybody only after it is said that printed ones stop working", async () => {
    answer(slip("1001", "Lin Xiaoyu", "K7QM-3XPA"));
    const { user } = renderPage(<CodesPage sitting={sitting} />);
    const anew = screen.getByRole("radio", { name: "Everybody, anew" });
    expect(anew).toHaveAccessibleDescription("All codes that were printed stop working.");
    await user.click(anew);
    expect(screen.queryByRole("button", { name: "Make codes" })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Make all codes anew" }));
    expect(await screen.findByText("K7QM-3XPA")).toBeVisible();
    expect(asked).toEqual([{ which: "all" }]);
  });

  it("need nobody's print when everybody has one", async () => {
    answer();
    const { user } = renderPage(<CodesPage sitting={sitting} />);
    await user.click(screen.getByRole("button", { name: "Make codes" }));
    expect(await screen.findByText("Everybody has a code already")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Print" })).toBeNull();
    await expectAccessible();
  });

  it("aren't lost by leaving the page, unless they are on paper or one says so", async () => {
    vi.spyOn(window, "print").mockImplementation(() => undefined);
    answer(slip("1001", "Lin Xiaoyu", "K7QM-3XPA"));
    const { user, here } = renderPage(
      <>
        <CodesPage sitting={sitting} />
        <Link to="/officer">Away</Link>
      </>,
    );
    await user.click(screen.getByRole("button", { name: "Make codes" }));
    await user.click(await screen.findByText("Away"));
    const dialog = await screen.findByRole("dialog", {
      name: "Leave without printing the codes?",
    });
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "Stay here" }));
    expect(here()).toBe("/");
    await user.click(screen.getByRole("button", { name: "Print" }));
    await user.click(screen.getByText("Away"));
    await vi.waitFor(() => expect(here()).toBe("/officer"));
  });
});
