import { act, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { render } from "../test/render";
import { textOf } from "./catalogue";
import { chooseLanguage, useTranslation } from "./i18n";

afterEach(() => chooseLanguage("en"));

describe("a text", () => {
  const texts = {
    plain: "Hello",
    nested: { deep: "Deep" },
    filled: "{{name}} has {{ count }}",
    thing_zero: "nothing",
    thing_one: "{{count}} thing",
    thing_other: "{{count}} things",
  };
  it.each([
    ["plain", {}, "Hello"],
    ["nested.deep", {}, "Deep"],
    ["filled", { name: "Li", count: 3 }, "Li has 3"],
    ["filled", {}, "{{name}} has {{ count }}"],
    ["thing", { count: 0 }, "nothing"],
    ["thing", { count: 1 }, "1 thing"],
    ["thing", { count: 2 }, "2 things"],
    ["missing", {}, "missing"],
    ["nested", {}, "nested"],
    ["constructor", {}, "constructor"],
  ])("%s with %j is %j", (key, values, text) => {
    expect(textOf(texts, "en", key, values)).toBe(text);
  });

  it("has one form for all numbers in Chinese", () => {
    expect(textOf({ thing_other: "{{count}} 个" }, "zh-CN", "thing", { count: 1 })).toBe("1 个");
  });

  it("is filled in once: what was filled in isn't looked through again", () => {
    expect(textOf({ a: "{{x}}" }, "en", "a", { x: "{{y}}", y: "no" })).toBe("{{y}}");
  });
});

it("changes its language on the page, and says so to those who hear it", async () => {
  function Page() {
    const { t } = useTranslation("common");
    return <p>{t("save")}</p>;
  }
  render(<Page />);
  expect(screen.getByText("Save")).toBeVisible();
  await act(() => chooseLanguage("zh-CN"));
  expect(screen.getByText("保存")).toBeVisible();
  expect(document.documentElement.lang).toBe("zh-CN");
});
