import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { RichText } from "../api";
import { answer } from "../test/answer";
import { authorTexts } from "../test/authoring";
import { expectAccessible } from "../test/axe";
import { giveSendableForms } from "../test/forms";
import { refuse } from "../test/refuse";
import { renderPage } from "../test/renderPage";
import { signInAs } from "../test/signIn";
import { RichTextField } from "./RichTextField";

beforeAll(authorTexts);
beforeEach(() => {
  signInAs("author");
});

function Writing({ start }: { start: string }) {
  const [value, setValue] = useState<RichText>({ format: "markdown", text: start });
  return <RichTextField label="What is asked" value={value} onChange={setValue} />;
}
async function write(start: string, selected: string) {
  const drawn = renderPage(<Writing start={start} />);
  const area = (await screen.findByLabelText("What is asked")) as HTMLTextAreaElement;
  area.focus();
  const at = start.indexOf(selected);
  area.setSelectionRange(at, at + selected.length);
  return { ...drawn, area };
}

it("marks what is selected by keyboard, and takes the marks off again", async () => {
  const { user, area } = await write("How fast is light?", "light");
  await user.keyboard("{Control>}b{/Control}");
  expect(area).toHaveValue("How fast is **light**?");
  await user.keyboard("{Control>}b{/Control}");
  expect(area).toHaveValue("How fast is light?");
  await expectAccessible();
});

it("makes a formula of what is selected, in its place", async () => {
  const { user, area } = await write("Energy is E=mc^2 here.", "E=mc^2");
  await user.click(screen.getByRole("button", { name: "Formula (Ctrl+M)" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Formula" }));
  const tex = dialog.getByLabelText("LaTeX");
  expect(tex).toHaveValue("E=mc^2");
  fireEvent.change(tex, { target: { value: "E = mc^2" } });
  await user.click(dialog.getByRole("button", { name: "Insert" }));
  await waitFor(() => expect(area).toHaveValue("Energy is $E = mc^2$ here."));
});

it("puts a table on lines of its own", async () => {
  const { user, area } = await write("Look:", "");
  area.setSelectionRange(5, 5);
  await user.click(screen.getByRole("button", { name: "Table" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Table" }));
  fireEvent.change(dialog.getByLabelText("Columns"), { target: { value: "2" } });
  fireEvent.change(dialog.getByLabelText("Rows below the heading"), { target: { value: "1" } });
  await user.click(dialog.getByRole("button", { name: "Insert" }));
  await waitFor(() => expect(area.value).toMatch(/^Look:\n\n\| Column 1 \| Column 2 \|\n/));
});

it("takes no image without the words for it; one that can't be kept stays chosen", async () => {
  await giveSendableForms();
  vi.stubGlobal(
    "URL",
    Object.assign(class extends URL {}, {
      createObjectURL: () => "blob:image",
      revokeObjectURL: () => undefined,
    }),
  );
  answer("post", "/api/v1/questions/media", () =>
    refuse(413, "question.media_too_large", "The image is too large."),
  );
  const { user, area } = await write("See: ", "");
  area.setSelectionRange(5, 5);
  await user.click(screen.getByRole("button", { name: "Image" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Image" }));
  await user.upload(
    dialog.getByLabelText(/^Choose an image/),
    new File(["png"], "lens.png", { type: "image/png" }),
  );
  expect(dialog.getByRole("button", { name: "Insert" })).toBeDisabled();
  fireEvent.change(dialog.getByLabelText("What it shows"), { target: { value: "A lens" } });
  await expectAccessible();
  await user.click(dialog.getByRole("button", { name: "Insert" }));
  expect(await dialog.findByText("The image is too large.")).toBeVisible();
  expect(dialog.getByRole("img", { name: "A lens" })).toBeVisible();
  answer("post", "/api/v1/questions/media", {
    bytes: 3,
    height: 1,
    width: 1,
    media_type: "image/png",
    reference: "media:abc",
    sha256: "abc",
    url: "/media/abc",
  });
  await user.click(dialog.getByRole("button", { name: "Insert" }));
  await waitFor(() => expect(area).toHaveValue("See: ![A lens](media:abc)"));
});

it("a text in a list that isn't Markdown says how it is written, and can become Markdown", async () => {
  function Option() {
    const [value, setValue] = useState<RichText>({ format: "moodle", text: "**bold**" });
    return <RichTextField compact label="Option A" value={value} onChange={setValue} />;
  }
  const { user } = renderPage(<Option />);
  const format = await screen.findByLabelText("How this text is written");
  expect(format).toHaveDisplayValue("Moodle text");
  await expectAccessible();
  await user.selectOptions(format, "Markdown");
  expect(screen.queryByLabelText("How this text is written")).toBeNull();
  expect(screen.getByLabelText("Option A")).toHaveValue("**bold**");
});
