import { fireEvent, screen, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it } from "vitest";
import type { QuestionType, QuestionView } from "@/shared/api";
import { type Asked, answer } from "@/shared/test/answer";
import { answerSurroundings, authorTexts, bank, preview, question } from "@/shared/test/authoring";
import { renderPage } from "@/shared/test/renderPage";
import { signInAs } from "@/shared/test/signIn";
import { draftOf, newDraft } from "./draft";
import { QuestionEditor } from "./QuestionEditor";

beforeAll(authorTexts);
beforeEach(() => {
  signInAs("author");
  answerSurroundings();
  answer("post", "/api/v1/questions/preview", preview());
});

/** A new question of a type, and what is sent when it is saved. */
async function write(type: QuestionType) {
  const sent = answer("post", "/api/v1/questions/banks/{bank_id}/questions", question());
  const drawn = renderPage(
    <QuestionEditor
      bank={bank()}
      start={newDraft(type, null)}
      stored={null}
      onCreated={() => undefined}
    />,
  );
  await screen.findByRole("heading", { name: "Question" });
  return { ...drawn, saved: () => save(drawn.user, sent) };
}

/** A question that is there already, and what is sent when it is saved. */
async function change(stored: QuestionView) {
  const sent = answer("put", "/api/v1/questions/{question_id}", stored);
  const drawn = renderPage(
    <QuestionEditor
      bank={bank()}
      start={draftOf(stored)}
      stored={stored}
      onCreated={() => undefined}
    />,
  );
  await screen.findByRole("heading", { name: "Question" });
  return { ...drawn, saved: () => save(drawn.user, sent) };
}

async function save(user: UserEvent, sent: Asked[]) {
  await user.click(screen.getByRole("button", { name: "Save, ready for exams" }));
  await screen.findByText("Saved. The question is ready for exams.");
  const [asked] = sent as unknown as [{ body: { content: object } }];
  const { content, ...filing } = asked.body;
  return { ...content, ...filing };
}

/** What a person pastes or types into a field, at once. */
const put = (field: HTMLElement, text: string) =>
  fireEvent.change(field, { target: { value: text } });
/** A field by its label; whether it may be left empty isn't part of what it is called. */
const field = (name: string) =>
  screen.getByLabelText(new RegExp(`^${name.replaceAll("/", "\\/")}\\s*(optional)?$`));
const text = (words: string) => ({ format: "markdown", text: words });
const card = (name: string) => within(screen.getByRole("region", { name }));

it("a single choice is sent with its options, the right one, and where it is filed", async () => {
  const { user, saved } = await write("single_choice");
  put(field("What is asked"), "Which is a vector?");
  put(field("option A"), "Mass");
  put(field("option B"), "Velocity");
  await user.click(screen.getByRole("button", { name: "Remove option D" }));
  await user.click(screen.getByRole("button", { name: "Remove option C" }));
  await user.click(screen.getByRole("radio", { name: "Velocity" }));
  await user.click(screen.getByRole("button", { name: "Add feedback to option A" }));
  put(field("Feedback to option A"), "Mass has no direction.");
  put(field("Title"), " Vectors ");
  put(field("Points"), "2,5");
  await user.type(field("Tags"), "kinematics{Enter}");
  put(field("Number"), "PH-7");
  expect(await saved()).toEqual({
    title: "Vectors",
    points: 2.5,
    state: "ready",
    note: "",
    stimulus_id: null,
    category_id: null,
    tags: ["kinematics"],
    idnumber: "PH-7",
    question: {
      stem: text("Which is a vector?"),
      body: {
        type: "single_choice",
        shuffle: true,
        options: [
          { id: "a", text: text("Mass") },
          { id: "b", text: text("Velocity") },
        ],
      },
    },
    key: {
      scheme: {
        type: "single_choice",
        fractions: { b: 1 },
        feedback: { a: text("Mass has no direction.") },
      },
    },
  });
});

it("a single choice may give shares of the points", async () => {
  const { user, saved } = await change(question());
  await user.click(screen.getByRole("switch", { name: "Partial points" }));
  put(field("Share of the points for option B"), "33.33333");
  expect(await saved()).toMatchObject({
    version: 4,
    key: { scheme: { fractions: { a: 1, b: 0.3333333 } } },
  });
});

it("a multiple choice is sent with all that is right, and the rule", async () => {
  const { user, saved } = await write("multiple_choice");
  put(field("What is asked"), "Which are prime?");
  for (const [place, number] of ["2", "3", "4", "6"].entries())
    put(field(`option ${"ABCD"[place]}`), number);
  await user.click(screen.getByRole("checkbox", { name: "3" }));
  await user.click(screen.getByRole("checkbox", { name: "2" }));
  await user.click(screen.getByRole("radio", { name: "All or nothing" }));
  put(field("Options that may be chosen at most"), "2");
  expect(await saved()).toMatchObject({
    question: { body: { type: "multiple_choice", choices_max: 2 } },
    key: { scheme: { marking: { rule: "all_or_nothing", right: ["a", "b"] } } },
  });
});

it("weights of a multiple choice are shared out, and may be changed one by one", async () => {
  const { user, saved } = await write("multiple_choice");
  field("option A");
  await user.click(screen.getAllByRole("checkbox", { name: "still empty" })[0] as HTMLElement);
  await user.click(screen.getByRole("radio", { name: "A weight for each option" }));
  put(field("Share of the points for option D"), "-50");
  put(field("Share of the points for option C"), "0");
  expect(await saved()).toMatchObject({
    key: {
      scheme: {
        marking: {
          rule: "weighted",
          weights: { a: 1, b: -0.3333333, d: -0.5 },
          floor_zero: true,
        },
      },
    },
  });
});

it("feedback to a true-or-false question decides nothing: it isn't saved until its author says what is right", async () => {
  const { user, saved } = await write("true_false");
  put(field("What is asked"), "Speed is a vector.");
  await user.click(screen.getByRole("button", { name: "Add feedback to True" }));
  put(field("Feedback to True"), "It has no direction.");
  await user.click(screen.getByRole("button", { name: "Save, ready for exams" }));
  const statement = await screen.findByRole("group", { name: "The statement is" });
  expect(within(statement).getByText("Say what is right.")).toBeVisible();
  expect(screen.getByRole("radio", { name: "True" })).toHaveFocus();
  await user.click(screen.getByRole("radio", { name: "False" }));
  expect(await saved()).toMatchObject({
    question: { body: { type: "true_false" } },
    key: {
      scheme: { type: "true_false", right: false, feedback_true: text("It has no direction.") },
    },
  });
});

it("a short text is sent with its accepted answers in their order, and what doesn't matter", async () => {
  const { user, saved } = await write("short_text");
  put(field("What is asked"), "The capital of France?");
  put(field("answer 1"), "Paris");
  await user.click(screen.getByRole("button", { name: "Add an answer" }));
  put(field("answer 2"), "Lutetia");
  put(field("Share of the points for answer 2"), "50");
  await user.click(screen.getByRole("checkbox", { name: "Capital and small letters" }));
  const handle = screen.getByRole("button", { name: /^Move answer 2/ });
  handle.focus();
  await user.keyboard("{ArrowUp}");
  expect(field("answer 1")).toHaveValue("Lutetia");
  expect(await saved()).toMatchObject({
    question: { body: { type: "short_text", chars_max: 200 } },
    key: {
      scheme: {
        type: "short_text",
        alternatives: [
          { pattern: "Lutetia", fraction: 0.5 },
          { pattern: "Paris", fraction: 1 },
        ],
        folding: { case_sensitive: true, fold_width: true, fold_space: true },
      },
    },
  });
});

it("a length that is emptied stays empty while it is written anew", async () => {
  const { user, saved } = await write("short_text");
  const length = field("Characters that may be written");
  await user.clear(length);
  expect(length).toHaveValue("");
  await user.type(length, "50");
  expect(length).toHaveValue("50");
  await user.clear(length);
  await user.tab();
  expect(length).toHaveValue("200");
  put(length, "50");
  expect(await saved()).toMatchObject({ question: { body: { chars_max: 50 } } });
});

it("a number is sent with its tolerance; what stands empty isn't sent", async () => {
  const { user, saved } = await write("numeric");
  put(field("What is asked"), "g in m/s²?");
  put(field("Number 1"), "9,81");
  await user.selectOptions(screen.getByRole("combobox", { name: "Accept" }), "± an amount");
  const off = field("How far off");
  await user.clear(off);
  await user.type(off, "0.05");
  expect(screen.getByText("Accepts 9.76 to 9.86, the ends included.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Add a number" }));
  expect(await saved()).toMatchObject({
    key: {
      scheme: {
        type: "numeric",
        answers: [{ value: 9.81, fraction: 1, tolerance: { kind: "absolute", by: 0.05 } }],
        unit_rule: { rule: "optional" },
      },
    },
  });
});

it("units keep what they are worth while another one is written that begins alike", async () => {
  const { user, saved } = await change(
    question({
      question: { stem: { text: "How long?" }, body: { type: "numeric", units: ["m"] } },
      key: {
        scheme: {
          type: "numeric",
          answers: [{ value: 2, fraction: 1 }],
          units: [{ unit: "m", multiplier: 1 }],
          unit_rule: { rule: "optional" },
        },
      },
    }),
  );
  await user.click(screen.getByRole("button", { name: "Add a unit" }));
  await user.type(field("Unit 2"), "mm");
  expect(field("One m in the unit of the accepted numbers")).toHaveValue("1");
  put(field("One mm in the unit of the accepted numbers"), "0.001");
  await user.click(screen.getByRole("radio", { name: "costs a share of the points" }));
  put(field("Share taken off"), "25");
  expect(await saved()).toMatchObject({
    question: { body: { units: ["m", "mm"] } },
    key: {
      scheme: {
        units: [
          { unit: "m", multiplier: 1 },
          { unit: "mm", multiplier: 0.001 },
        ],
        unit_rule: { rule: "penalty", fraction: 0.25 },
      },
    },
  });
});

it("a selected word becomes a gap with that word as its answer", async () => {
  const { user, saved } = await write("cloze");
  const area = field("Text with gaps") as HTMLTextAreaElement;
  put(area, "Water boils at 100 degrees and freezes into ice.");
  const gap = async (word: string, kind: string) => {
    area.setSelectionRange(area.value.indexOf(word), area.value.indexOf(word) + word.length);
    await user.click(screen.getByRole("button", { name: "Insert gap" }));
    await user.click(await screen.findByRole("menuitem", { name: kind }));
  };
  await gap("100", "A number");
  await gap("ice", "A choice");
  expect(area).toHaveValue("Water boils at [[1]] degrees and freezes into [[2]].");
  put(field("option B"), "steam");
  put(field("Weight of gap 2 against the others"), "2");
  expect(await saved()).toMatchObject({
    question: {
      body: {
        type: "cloze",
        text: text("Water boils at [[1]] degrees and freezes into [[2]]."),
        gaps: [
          { id: "1", input: { kind: "number" } },
          {
            id: "2",
            input: {
              kind: "choice",
              options: [
                { id: "a", text: "ice" },
                { id: "b", text: "steam" },
              ],
            },
          },
        ],
      },
    },
    key: {
      scheme: {
        gaps: {
          1: { weight: 1, scheme: { kind: "number", answers: [{ value: 100, fraction: 1 }] } },
          2: { weight: 2, scheme: { kind: "choice", fractions: { a: 1 } } },
        },
      },
    },
  });
});

it("a gap's option that is taken out takes its share of the key with it: the next one isn't right by chance", async () => {
  const { user, saved } = await write("cloze");
  put(field("Text with gaps"), "Freezes into [[1]].");
  await user.click(screen.getByRole("button", { name: "A choice" }));
  put(field("option A"), "ice");
  put(field("option B"), "steam");
  const key = card("Key");
  await user.click(key.getByRole("radio", { name: "ice" }));
  await user.click(screen.getByRole("button", { name: "Remove option A" }));
  await user.click(screen.getByRole("button", { name: "Add an option" }));
  put(field("option B"), "fog");
  expect(key.getByRole("radio", { name: "fog" })).not.toBeChecked();
  expect(await saved()).toMatchObject({
    key: { scheme: { gaps: { 1: { scheme: { kind: "choice", fractions: {} } } } } },
  });
});

it("a matching is sent with its pairs; a target may fit nothing", async () => {
  const { user, saved } = await write("matching");
  put(field("What is asked"), "Match the units.");
  for (const [place, words] of ["Force", "Power", "Charge"].entries())
    put(field(`prompt ${place + 1}`), words);
  for (const [place, words] of ["Watt", "Newton", "Coulomb"].entries())
    put(field(`target ${"ABC"[place]}`), words);
  await user.click(screen.getByRole("button", { name: "Add a target that fits nothing" }));
  put(field("target D"), "Volt");
  const target = (number: number) =>
    screen.getByRole("combobox", { name: `Target of prompt ${number}` });
  await user.selectOptions(target(1), "b");
  await user.selectOptions(target(2), "a");
  await user.click(
    screen.getByRole("radio", { name: "All the points for all pairs, otherwise none" }),
  );
  expect(await saved()).toMatchObject({
    question: {
      body: {
        type: "matching",
        shuffle: true,
        prompts: [
          { id: "a", text: text("Force") },
          { id: "b", text: text("Power") },
          { id: "c", text: text("Charge") },
        ],
        targets: [
          { id: "a", text: text("Watt") },
          { id: "b", text: text("Newton") },
          { id: "c", text: text("Coulomb") },
          { id: "d", text: text("Volt") },
        ],
      },
    },
    key: { scheme: { pairs: { a: "b", b: "a", c: "c" }, rule: "all_or_nothing" } },
  });
});

it("an ordering is sent in the order that the arrow keys made", async () => {
  const { user, saved } = await write("ordering");
  put(field("What is asked"), "Order the planets from the sun.");
  for (const [place, words] of ["Venus", "Mercury", "Earth"].entries())
    put(field(`item ${place + 1}`), words);
  screen.getByRole("button", { name: /^Move Mercury/ }).focus();
  await user.keyboard("{ArrowUp}");
  expect(await screen.findByText("Mercury is now 1 of 3")).toBeInTheDocument();
  await user.click(screen.getByRole("radio", { name: "By pairs" }));
  expect(await saved()).toMatchObject({
    question: {
      body: {
        items: [
          { id: "a", text: text("Venus") },
          { id: "b", text: text("Mercury") },
          { id: "c", text: text("Earth") },
        ],
      },
    },
    key: { scheme: { type: "ordering", order: ["b", "a", "c"], rule: "relative" } },
  });
});

it("an essay is sent with its bounds, notes for markers and a model answer", async () => {
  const { saved } = await write("essay");
  put(field("What is asked"), "Discuss.");
  put(field("Words at least"), "200");
  put(field("Words at most"), "400");
  put(field("Marking notes"), "One point for each argument.");
  put(field("Model answer"), "First …");
  put(field("Explanation"), "See chapter 3.");
  expect(await saved()).toMatchObject({
    question: { body: { type: "essay", words_min: 200, words_max: 400 } },
    key: {
      scheme: {
        type: "essay",
        marking_notes: text("One point for each argument."),
        model_answer: text("First …"),
      },
      explanation: text("See chapter 3."),
    },
  });
});

it("a file upload is sent with what is taken", async () => {
  const { user, saved } = await write("file_upload");
  put(field("What is asked"), "Hand in your report.");
  const most = field("Files at most");
  await user.clear(most);
  await user.type(most, "3");
  put(field("Size of each file"), "2.5");
  await user.type(field("Kinds of files"), "PDF{Enter}*.docx,");
  expect(await saved()).toMatchObject({
    question: {
      body: {
        type: "file_upload",
        files_max: 3,
        bytes_max: 2_621_440,
        extensions: [".pdf", ".docx"],
      },
    },
  });
});

it("a text that asks nothing has neither key nor points", async () => {
  const { saved } = await write("description");
  put(field("What is asked"), "Read this first.");
  expect(screen.queryByRole("region", { name: "Key" })).toBeNull();
  expect(screen.queryByRole("textbox", { name: "Points" })).toBeNull();
  expect(await saved()).toMatchObject({
    points: 0,
    question: { stem: text("Read this first."), body: { type: "description" } },
    key: { scheme: { type: "description" } },
  });
});
