import { describe, expect, it } from "vitest";
import { paperFor, questionFor } from "../testing";
import { arrange, type WholePaper } from "./arrange";

const parts = (...ids: string[]) => ids.map((id) => ({ id, html: id }));

function whole(): WholePaper {
  const { sections, stimuli } = paperFor({ questions: 2 }, { questions: 1 });
  return {
    sections: sections.map((section) => ({ ...section, question_ids: [] })),
    stimuli,
    media: {},
    questions: [
      questionFor({ type: "single_choice", options: parts("a", "b", "c") }, 1),
      questionFor({ type: "description" }, 2),
      questionFor({ type: "matching", prompts: parts("p", "q"), targets: parts("x", "y", "z") }, 3),
    ],
  };
}

describe("A sealed form becomes the candidate's own paper", () => {
  const paper = arrange("a1", whole(), {
    sections: [
      [{ id: "q2" }, { id: "q1", order: { options: ["c", "a"] } }],
      [{ id: "q3", order: { options: ["z", "x", "y"] } }],
    ],
  });

  it("has the questions in the candidate's order, numbered through, texts without a number", () => {
    expect(paper.attempt_id).toBe("a1");
    expect(paper.sections.map(({ question_ids }) => question_ids)).toEqual([["q2", "q1"], ["q3"]]);
    expect(paper.questions.map(({ id, number, section }) => [id, number, section])).toEqual([
      ["q2", 0, 0],
      ["q1", 1, 0],
      ["q3", 2, 1],
    ]);
  });

  it("has options in the candidate's order, what the order leaves out last", () => {
    expect(paper.questions[1]?.interaction).toMatchObject({ options: parts("c", "a", "b") });
    expect(paper.questions[2]?.interaction).toMatchObject({
      prompts: parts("p", "q"),
      targets: parts("z", "x", "y"),
    });
  });

  it("passes over what the form doesn't have", () => {
    const odd = arrange("a1", whole(), { sections: [[{ id: "gone" }]] });
    expect(odd.questions).toEqual([]);
    expect(odd.sections).toHaveLength(2);
  });
});
