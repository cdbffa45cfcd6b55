import { expect, it } from "vitest";
import en from "../../locales/en/people-file.json";
import zh from "../../locales/zh-CN/people-file.json";
import { textOf } from "../i18n/catalogue";
import { rowsWith, sentenceOf } from "./lineProblem";

const said = (code: string, field: string | null, message: string) => {
  const sentence = sentenceOf({ code, field, message });
  if (sentence === null) return null;
  return [
    textOf(en, "en", sentence.key, sentence.facts),
    textOf(zh, "zh-CN", sentence.key, sentence.facts),
  ];
};

it("says the same facts in both languages: the other line, the bounds, what isn't valid", () => {
  const facts: [code: string, field: string | null, message: string, zh: string][] = [
    ["duplicate", "number", "This number stands on line 7 already.", "该学号在第 7 行已出现。"],
    [
      "out_of_range",
      "extra_percent",
      "A whole number from 0 to 300 is needed here.",
      "此处需填写 0 到 300 之间的整数。",
    ],
    ["too_long", "class", "At most 200 characters.", "最多 200 个字符。"],
    ["invalid", "email", "This is no e-mail address.", "这不是有效的邮箱地址。"],
    ["invalid", "name", "There is a control character in this cell.", "此单元格含有控制字符。"],
    [
      "column_missing",
      null,
      "The first line must name the columns, and none is called name (姓名).",
      "第一行必须写明各列名称，其中没有 name (姓名) 列。",
    ],
  ];
  for (const [code, field, message, chinese] of facts)
    expect(said(code, field, message)).toEqual([message, chinese]);
});

it("leaves to the server what there are no words for, or whose facts can't be found", () => {
  expect(said("refused", "number", "This person can't be taken.")).toBeNull();
  expect(said("duplicate", "number", "This number was there before.")).toBeNull();
  expect(said("toString", null, "")).toBeNull();
});

it("counts rows, not what is wrong in them, and no row for a file that is wrong as a whole", () => {
  const on = (line: number | null, code: string) => ({ line, code, message: "" });
  expect(rowsWith([on(3, "missing"), on(3, "invalid"), on(5, "clash")])).toBe(2);
  expect(rowsWith([on(null, "empty")])).toBe(0);
  expect(rowsWith([on(1, "column_missing"), on(1, "column_missing")])).toBe(0);
});
