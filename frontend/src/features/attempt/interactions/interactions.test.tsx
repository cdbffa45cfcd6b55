import { screen, within } from "@testing-library/react";
import { useState } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, type Interaction, type QuestionResponse } from "@/shared/api";
import { expectAccessible } from "@/shared/test/axe";
import { render } from "@/shared/test/render";
import { questionFor } from "../testing";
import { countWords } from "./countWords";
import type { Files } from "./FileUpload";
import { InteractionView } from "./Interaction";

const options = (...words: string[]) => words.map((html, index) => ({ id: `o${index + 1}`, html }));

/** A question on the page that remembers its answer, as the player does. */
function draw(interaction: Interaction, start?: QuestionResponse) {
  let latest = start;
  const settled = vi.fn();
  const add = vi.fn();
  const retry = vi.fn();
  function Page({ disabled = false, files = {} }: { disabled?: boolean; files?: Partial<Files> }) {
    const [response, setResponse] = useState(start);
    add.mockImplementation(({ name, size }: File) =>
      setResponse({ type: "file_upload", files: [{ id: "f1", name, bytes: size }] }),
    );
    latest = response;
    return (
      <main>
        <h1 id="stem">What is asked</h1>
        <InteractionView
          question={questionFor(interaction)}
          response={response}
          askedBy="stem"
          disabled={disabled}
          onChange={setResponse}
          onSettle={settled}
          files={{ waiting: [], add, retry, ...files }}
        />
      </main>
    );
  }
  const drawn = render(<Page />);
  return {
    ...drawn,
    answer: () => latest,
    settled,
    add,
    retry,
    drawFiles: (files: Partial<Files>) => drawn.rerender(<Page files={files} />),
  };
}

describe("single choice", () => {
  const interaction: Interaction = {
    type: "single_choice",
    options: options("Mass", "<b>Velocity</b>"),
  };

  it("is answered with the keyboard and can be cleared", async () => {
    const { user, answer } = draw(interaction);
    await user.tab();
    await user.keyboard(" ");
    expect(answer()).toEqual({ type: "single_choice", choice: "o1" });
    await user.click(screen.getByRole("radio", { name: "Velocity" }));
    expect(answer()).toEqual({ type: "single_choice", choice: "o2" });
    await user.click(screen.getByRole("button", { name: "Clear my answer" }));
    expect(answer()).toEqual({ type: "single_choice", choice: null });
  });

  it("is accessible, and named by its question", async () => {
    draw(interaction);
    expect(screen.getByRole("radiogroup", { name: "What is asked" })).toBeVisible();
    await expectAccessible();
  });
});

describe("options that are formulas", () => {
  beforeEach(() => {
    // jsdom has no styles for MathML's elements, and fails when asked: they get those of the text around them.
    const styleOf = window.getComputedStyle;
    vi.spyOn(window, "getComputedStyle").mockImplementation((element, pseudo) =>
      styleOf(
        element instanceof HTMLElement ? element : (element.closest("span") ?? element),
        pseudo,
      ),
    );
  });
  const formula = (tex: string) => `<span class="math math-inline">${tex}</span>`;
  const choice: Interaction = {
    type: "single_choice",
    options: options(formula(String.raw`\frac{1}{2}\,\mathrm{m}`), `exactly ${formula("v_0^2")}`),
  };

  it("are named by their formula, and accessible once it is drawn", async () => {
    draw(choice);
    expect(await screen.findByRole("radio", { name: "1/2 m" })).not.toBeChecked();
    expect(screen.getByRole("radio", { name: "exactly v₀²" })).not.toBeChecked();
    await expectAccessible();
  });

  it("can be several", async () => {
    draw({ type: "multiple_choice", choices_max: null, options: choice.options });
    expect(await screen.findByRole("checkbox", { name: "1/2 m" })).not.toBeChecked();
    await expectAccessible();
  });
});

describe("multiple choice", () => {
  it("takes no more than it may, and keeps the order of the options", async () => {
    const { user, answer } = draw({
      type: "multiple_choice",
      options: options("A", "B", "C"),
      choices_max: 2,
    });
    await user.click(screen.getByRole("checkbox", { name: "C" }));
    await user.click(screen.getByRole("checkbox", { name: "A" }));
    expect(answer()).toEqual({ type: "multiple_choice", choices: ["o1", "o3"] });
    expect(screen.getByRole("checkbox", { name: "B" })).toBeDisabled();
    expect(screen.getByRole("group", { name: "What is asked" })).toHaveAccessibleDescription(
      "Choose up to 2. Chosen so far: 2.",
    );
    await expectAccessible();
  });
});

describe("true or false", () => {
  it("is answered and accessible", async () => {
    const { user, answer } = draw({ type: "true_false" });
    await user.click(screen.getByRole("radio", { name: "False" }));
    expect(answer()).toEqual({ type: "true_false", value: false });
    await expectAccessible();
  });
});

describe("short text", () => {
  it("takes what is typed, within its length, and is sent when it is left", async () => {
    const { user, answer, settled } = draw({ type: "short_text", chars_max: 5 });
    await user.type(screen.getByRole("textbox", { name: "What is asked" }), "photosynthesis");
    expect(answer()).toEqual({ type: "short_text", text: "photo" });
    await user.tab();
    expect(settled).toHaveBeenCalled();
    await expectAccessible();
  });
});

describe("numeric", () => {
  it("keeps the number as it was typed, with its unit", async () => {
    const { user, answer } = draw({ type: "numeric", units: ["m/s", "km/h"] });
    await user.type(screen.getByRole("textbox", { name: "Number" }), "2,50e3");
    await user.selectOptions(screen.getByRole("combobox", { name: "Unit" }), "km/h");
    expect(answer()).toEqual({ type: "numeric", text: "2,50e3", unit: "km/h" });
    await expectAccessible();
  });

  it("asks for no unit where there is none", () => {
    draw({ type: "numeric", units: [] });
    expect(screen.queryByRole("combobox")).toBeNull();
  });
});

describe("cloze", () => {
  const interaction: Interaction = {
    type: "cloze",
    html: '<p>Water <span data-gap="1"></span> and then <span data-gap="2"></span>.</p>',
    gaps: [
      {
        id: "1",
        kind: "choice",
        options: [
          { id: "a", text: "evaporates" },
          { id: "b", text: "freezes" },
        ],
        chars_max: 20,
      },
      { id: "2", kind: "text", options: [], chars_max: 20 },
    ],
  };

  it("puts the fields where the gaps are, keeps them through typing, and forgets emptied ones", async () => {
    const { user, answer } = draw(interaction);
    await user.selectOptions(screen.getByRole("combobox", { name: "Gap 1" }), "evaporates");
    await user.type(screen.getByRole("textbox", { name: "Gap 2" }), "condenses");
    expect(answer()).toEqual({ type: "cloze", gaps: { 1: "a", 2: "condenses" } });
    expect(screen.getByRole("group", { name: "What is asked" })).toHaveTextContent(
      /Water.*and then/,
    );
    await user.clear(screen.getByRole("textbox", { name: "Gap 2" }));
    expect(answer()).toEqual({ type: "cloze", gaps: { 1: "a" } });
    await expectAccessible();
  });
});

describe("matching", () => {
  it("is answered by choosing from lists, and a choice can be taken back", async () => {
    const { user, answer } = draw({
      type: "matching",
      prompts: options("Ribosome", "Chloroplast"),
      targets: options("Proteins", "Light"),
    });
    await user.selectOptions(screen.getByRole("combobox", { name: "Ribosome" }), "Proteins");
    await user.selectOptions(screen.getByRole("combobox", { name: "Chloroplast" }), "Light");
    await user.selectOptions(screen.getByRole("combobox", { name: "Ribosome" }), "Choose…");
    expect(answer()).toEqual({ type: "matching", pairs: { o2: "o2" } });
    await expectAccessible();
  });

  it("letters targets that are more than words", () => {
    draw({
      type: "matching",
      prompts: options("Area"),
      targets: options('<span class="math math-inline">a^2</span>', "Other"),
    });
    const list = screen.getByRole("list", { name: "To choose from" });
    expect(within(list).getAllByRole("listitem")[0]).toHaveTextContent("A");
    expect(screen.getByRole("option", { name: "B · Other" })).toBeInTheDocument();
  });
});

describe("ordering", () => {
  const interaction: Interaction = { type: "ordering", items: options("One", "Two", "Three") };

  it("is not answered before the candidate says so", async () => {
    const { user, answer } = draw(interaction);
    expect(answer()).toBeUndefined();
    await user.click(screen.getByRole("button", { name: "Keep this order as my answer" }));
    expect(answer()).toEqual({ type: "ordering", order: ["o1", "o2", "o3"] });
  });

  it("is answered with buttons", async () => {
    const { user, answer } = draw(interaction);
    await user.click(screen.getByRole("button", { name: "Move up: Three" }));
    expect(answer()).toEqual({ type: "ordering", order: ["o1", "o3", "o2"] });
    await user.click(screen.getByRole("button", { name: "Clear my answer" }));
    expect(answer()).toEqual({ type: "ordering", order: [] });
    await expectAccessible();
  });

  it("is answered with the arrow keys, and the focus stays with the item", async () => {
    const { user, answer } = draw(interaction);
    screen.getByRole("button", { name: /^One: place 1 of 3/ }).focus();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(answer()).toEqual({ type: "ordering", order: ["o2", "o3", "o1"] });
    expect(screen.getByRole("button", { name: /^One: place 3 of 3/ })).toHaveFocus();
  });
});

describe("essay", () => {
  it("counts words, says when there are too many, and takes them all the same", async () => {
    const { user, answer } = draw({ type: "essay", words_max: 3, chars_max: 100 });
    const field = screen.getByRole("textbox", { name: "What is asked" });
    await user.type(field, "one two three four");
    expect(field).toHaveAccessibleDescription("1 word over the limit of 3");
    expect(field).toBeInvalid();
    expect(answer()).toEqual({ type: "essay", text: "one two three four" });
    await expectAccessible();
  });

  it.each([
    ["", 0],
    ["one", 1],
    ["well-kept, isn't it?", 3],
    ["两个词", 3],
    ["Mixed 中文 text", 4],
    ["  3.5 % ", 1],
  ])("%j has %d words", (text, words) => {
    expect(countWords(text)).toBe(words);
  });
});

describe("file upload", () => {
  const interaction: Interaction = {
    type: "file_upload",
    files_max: 1,
    bytes_max: 1_000,
    extensions: [".pdf"],
  };
  const choose = (file: File) => {
    const input = document.querySelector<HTMLInputElement>("input[type=file]");
    if (input === null) throw new Error("there is no file field");
    return { input, file };
  };

  it("sends a file, and the answer names it", async () => {
    const { user, answer } = draw(interaction);
    const { input, file } = choose(new File(["abc"], "sketch.pdf"));
    await user.upload(input, file);
    expect(await screen.findByText("sketch.pdf")).toBeVisible();
    expect(answer()).toEqual({
      type: "file_upload",
      files: [{ id: "f1", name: "sketch.pdf", bytes: 3 }],
    });
    expect(screen.getByRole("button", { name: "Choose a file" })).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "Remove sketch.pdf" }));
    expect(answer()).toEqual({ type: "file_upload", files: [] });
    await expectAccessible();
  });

  it("says why a file isn't taken, before sending it", async () => {
    const { user, add } = draw(interaction);
    const { input, file } = choose(new File(["x".repeat(2_000)], "large.pdf"));
    await user.upload(input, file);
    expect(await screen.findByRole("alert")).toHaveTextContent("large.pdf is too large");
    expect(add).not.toHaveBeenCalled();
  });
  it("says that a file is on its way, and why one didn't get there", async () => {
    const { user, drawFiles, retry } = draw(interaction);
    const { input, file } = choose(new File(["abc"], "sketch.pdf"));
    await user.upload(input, file);
    drawFiles({ waiting: [{ id: "f1", refused: null, isHere: true }] });
    expect(screen.getByText("being sent…")).toBeVisible();
    const refused = new ApiError({ status: 413, code: "exam.file_too_large", detail: "" });
    drawFiles({ waiting: [{ id: "f1", refused, isHere: true }] });
    expect(screen.getByRole("alert")).toHaveTextContent(
      "It didn't arrive. This file is too large.",
    );
    await user.click(screen.getByRole("button", { name: "Send it again" }));
    expect(retry).toHaveBeenCalledWith("f1");
    await expectAccessible();
  });
});
