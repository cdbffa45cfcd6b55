import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ResponsesToMark, ResponseToMark } from "@/shared/api/types-officer";
import { loadTexts } from "@/shared/i18n";
import { expectAccessible } from "@/shared/test/axe";
import { refuse } from "@/shared/test/refuse";
import { renderPage } from "@/shared/test/renderPage";
import { takeSavedFiles } from "@/shared/test/savedFiles";
import { server } from "@/shared/test/server";
import { signInAs } from "@/shared/test/signIn";
import { sittingFor } from "@/shared/test/sitting";
import { MarkQuestionPage } from "./MarkQuestionPage";

const response = (ref: string, text: string, change: Partial<ResponseToMark> = {}) =>
  ({
    response_ref: ref,
    response: { type: "essay", text },
    points: null,
    points_max: 5,
    comment: "",
    marked_at: null,
    marked_by: null,
    why: { code: "by_marker", words: 120, too_long: false, too_short: false },
    ...change,
  }) satisfies ResponseToMark;

/** A mark as the server heard it. */
interface Given {
  ref: string;
  points: number;
  comment: string;
}
let responses: ResponseToMark[];
let given: Given[];
let refusing: boolean;

beforeAll(() => loadTexts("markers", "marking", "staff"));
beforeEach(() => {
  signInAs("marker");
  given = [];
  refusing = false;
  responses = [
    response("r1", "Momentum is conserved."),
    response("r2", "Energy is lost.", { points: 2, comment: "Half of it" }),
    response("r3", "I ran out of time"),
  ];
  const path = "*/api/v1/exams/sittings/:sitting/marking/q1";
  server.use(
    http.get(path, () =>
      HttpResponse.json<ResponsesToMark>({
        items: responses,
        next: null,
        question: {
          question_id: "q1",
          type: "essay",
          points_max: 5,
          stem_html: "<p>What happens when two trolleys collide?</p>",
          stimulus_html: null,
          marking_notes_html: "<p>Two points for naming momentum.</p>",
          model_answer_html: "<p>Momentum stays.</p>",
        },
      }),
    ),
    http.put(`${path}/responses/:ref/mark`, async ({ request, params }) => {
      const mark = (await request.json()) as { points: number; comment: string };
      const ref = String(params["ref"]);
      if (refusing) return refuse(409, "exam.released", "The results are out.");
      given.push({ ref, ...mark });
      return HttpResponse.json({ ...response(ref, "as it was"), ...mark });
    }),
  );
});

const draw = async () => {
  const page = renderPage(<MarkQuestionPage sitting={sittingFor()} questionId="q1" />);
  await screen.findByText("Momentum is conserved.");
  return page;
};
const points = () => screen.getByLabelText("Points");

describe("marking one question", () => {
  it("goes from response to response by keyboard alone, past those that are marked", async () => {
    const { user } = await draw();
    expect(screen.getByRole("heading", { name: /^Response 1 of 3/ })).toBeVisible();
    expect(screen.getByText("Two points for naming momentum.")).toBeVisible();
    expect(points()).toHaveFocus();
    await expectAccessible();
    await user.keyboard("4,5{Enter}");
    // The second one has its mark: the next that waits is the third.
    expect(await screen.findByText("I ran out of time")).toBeVisible();
    expect(points()).toHaveFocus();
    await user.keyboard("0{Tab}");
    const comment = screen.getByLabelText("Comment");
    for (let stops = 0; stops < 10 && document.activeElement !== comment; stops += 1)
      await user.tab();
    await user.paste("See me.");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText("Everything is marked here")).toBeVisible();
    expect(given).toEqual([
      { ref: "r1", points: 4.5, comment: "" },
      { ref: "r3", points: 0, comment: "See me." },
    ]);
    expect(screen.getByRole("progressbar")).toHaveAccessibleName("Progress");
    expect(screen.getByText("3 of 3 marked")).toBeVisible();
  });

  it("shows a mark that was given again, and replaces it", async () => {
    const { user } = await draw();
    await user.keyboard("{Alt>}{ArrowRight}{/Alt}");
    expect(await screen.findByText("Energy is lost.")).toBeVisible();
    expect(points()).toHaveValue("2");
    expect(screen.getByLabelText("Comment")).toHaveValue("Half of it");
    await user.click(screen.getByRole("button", { name: "3 points" }));
    expect(screen.getByRole("button", { name: "3 points" })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    await user.click(screen.getByRole("button", { name: "Save and go on" }));
    expect(await screen.findByText("I ran out of time")).toBeVisible();
    expect(given).toEqual([{ ref: "r2", points: 3, comment: "Half of it" }]);
    await user.click(screen.getByRole("button", { name: "Previous response" }));
    expect(points()).toHaveValue("3");
  });

  it("never gives what isn't typed: neither more than there is, nor the digits before a slip", async () => {
    const { user } = await draw();
    await user.keyboard("6{Enter}");
    expect(points()).toHaveAccessibleDescription("From 0 to 5 points.");
    await user.clear(points());
    await user.keyboard("1o{Enter}");
    expect(points()).toHaveAccessibleDescription("This isn't a number.");
    expect(given).toEqual([]);
    expect(screen.getByText("Momentum is conserved.")).toBeVisible();
    await user.clear(points());
    await user.keyboard("1{Enter}");
    expect(await screen.findByText("I ran out of time")).toBeVisible();
    expect(given).toEqual([{ ref: "r1", points: 1, comment: "" }]);
  });

  it("stays at a response whose mark the server refuses, with what was typed", async () => {
    refusing = true;
    const { user } = await draw();
    await user.keyboard("4{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("The results are out.");
    expect(screen.getByText("Momentum is conserved.")).toBeVisible();
    expect(points()).toHaveValue("4");
    refusing = false;
    await user.click(screen.getByRole("button", { name: "Save and go on" }));
    expect(await screen.findByText("I ran out of time")).toBeVisible();
  });

  it("says nothing of who wrote a response, not even by a file's name", async () => {
    responses = [
      response("r1", "", {
        response: {
          type: "file_upload",
          files: [{ id: "f1", name: "Lin Xiaoyu 1001.pdf", bytes: 20_400 }],
        },
      }),
    ] as ResponseToMark[];
    server.use(
      http.get("*/marking/q1/responses/r1/files/f1", () =>
        HttpResponse.arrayBuffer(Uint8Array.of(1).buffer),
      ),
    );
    const saved = takeSavedFiles();
    const { user } = renderPage(<MarkQuestionPage sitting={sittingFor()} questionId="q1" />);
    expect(await screen.findByText("File 1")).toBeVisible();
    expect(document.body).not.toHaveTextContent(/Lin|1001/);
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Download" }));
    await vi.waitFor(() => expect(saved.map(({ name }) => name)).toEqual(["Response r1.pdf"]));
  });

  it("keeps what was entered and not saved when the marker goes on, and asks before it is lost", async () => {
    const { user } = await draw();
    await user.keyboard("3");
    await user.click(screen.getByRole("button", { name: "Skip" }));
    expect(await screen.findByText("Energy is lost.")).toBeVisible();
    await user.click(screen.getByRole("link", { name: "Questions to mark" }));
    const dialog = await screen.findByRole("dialog", { name: "Leave without saving the marks?" });
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "Stay here" }));
    await user.click(screen.getByRole("button", { name: "Previous response" }));
    expect(points()).toHaveValue("3");
    await user.click(screen.getByRole("button", { name: "Save and go on" }));
    expect(await screen.findByText("I ran out of time")).toBeVisible();
    expect(given).toEqual([{ ref: "r1", points: 3, comment: "" }]);
    await user.click(screen.getByRole("link", { name: "Questions to mark" }));
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});
