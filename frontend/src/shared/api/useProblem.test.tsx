import { act, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { chooseLanguage, loadTexts } from "../i18n";
import { render } from "../test/render";
import { ApiError } from "./problem";
import { useFieldText } from "./useFieldText";
import { useProblemText } from "./useProblem";

beforeAll(() => loadTexts("staff"));
afterEach(() => act(() => chooseLanguage("en")));

const refusal = (code: string, detail: string, field?: string) =>
  new ApiError({
    status: 422,
    code,
    detail,
    ...(field !== undefined && {
      fields: [{ field: "new_password", code: field, message: detail }],
    }),
  });

function Told({ error }: { error: unknown }) {
  const text = useProblemText();
  const fieldText = useFieldText();
  return (
    <>
      <p role="alert">{text(error)}</p>
      <p role="note">{fieldText(error, "new_password")}</p>
    </>
  );
}

it("staff read a refusal in their language; in English the server's sentence, which knows the bounds", async () => {
  const detail = "A bank has at most 500 categories. Use tags, or another bank.";
  render(<Told error={refusal("question.too_many_categories", detail)} />);
  expect(screen.getByRole("alert")).toHaveTextContent(detail);
  await act(() => chooseLanguage("zh-CN"));
  expect(screen.getByRole("alert")).toHaveTextContent("该题库的分类已达上限。");
});

it("nobody is sent to `errors`, which is for programs", () => {
  render(<Told error={refusal("exam.sitting_invalid", "It can't be like this; see `errors`.")} />);
  expect(screen.getByRole("alert")).toHaveTextContent("Look at the fields that are marked.");
});

it("a request that can't be read asks to load the page again", () => {
  render(<Told error={refusal("request.not_json", "The body must be JSON.")} />);
  expect(screen.getByRole("alert")).toHaveTextContent("Load the page again.");
});

it("a password that was refused says why in Chinese too", async () => {
  render(<Told error={refusal("auth.password_weak", "Too easy; see `errors`.", "too_common")} />);
  await act(() => chooseLanguage("zh-CN"));
  expect(screen.getByRole("note")).toHaveTextContent("这个密码使用的人很多。");
});

it("a code that no text knows is told in the server's words", () => {
  render(<Told error={refusal("new.kind", "Something new.")} />);
  expect(screen.getByRole("alert")).toHaveTextContent("Something new.");
});
