import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import en from "../../locales/en/people-file.json";
import zh from "../../locales/zh-CN/people-file.json";
import { textOf } from "../i18n/catalogue";
import { type LineProblem, mayBeMore, PROBLEMS_MAX, rowsWith, sentenceOf } from "./lineProblem";

const said = (problem: Omit<LineProblem, "message">) => {
  const sentence = sentenceOf({ ...problem, message: "As the server says it." });
  if (sentence === null) return null;
  return [
    textOf(en, "en", sentence.key, sentence.facts),
    textOf(zh, "zh-CN", sentence.key, sentence.facts),
  ];
};

it("says the same facts in both languages: the other line, the bounds, what isn't valid", () => {
  const facts: [problem: Omit<LineProblem, "message">, en: string, zh: string][] = [
    [
      { code: "duplicate", field: "number", facts: { first_line: 7 } },
      "This number stands on line 7 already.",
      "该学号在第 7 行已出现。",
    ],
    [
      { code: "out_of_range", field: "extra_percent", facts: { least: 0, most: 300 } },
      "A whole number from 0 to 300 is needed here.",
      "此处需填写 0 到 300 之间的整数。",
    ],
    [
      { code: "too_long", field: "class", facts: { most: 200 } },
      "At most 200 characters.",
      "最多 200 个字符。",
    ],
    [{ code: "invalid", field: "email" }, "This is no e-mail address.", "这不是有效的邮箱地址。"],
    [
      { code: "invalid", field: "name" },
      "There is a control character in this cell.",
      "此单元格含有控制字符。",
    ],
    [
      { code: "column_missing", facts: { title: "name (姓名)" } },
      "The first line must name the columns, and none is called name (姓名).",
      "第一行必须写明各列名称，其中没有 name (姓名) 列。",
    ],
  ];
  for (const [problem, english, chinese] of facts)
    expect(said(problem)).toEqual([english, chinese]);
});

it("leaves to the server what there are no words for, or whose facts it doesn't tell", () => {
  const message = "This number stands on line 7 already.";
  expect(sentenceOf({ code: "duplicate", field: "number", message })).toBeNull();
  expect(said({ code: "duplicate", facts: { first_line: null } })).toBeNull();
  expect(said({ code: "refused", field: "number" })).toBeNull();
  expect(said({ code: "toString" })).toBeNull();
});

it("counts rows, not what is wrong in them, and no row for a file that is wrong as a whole", () => {
  const on = (line: number | null, code: string) => ({ line, code, message: "" });
  expect(rowsWith([on(3, "missing"), on(3, "invalid"), on(5, "clash")])).toBe(2);
  expect(rowsWith([on(null, "empty")])).toBe(0);
  expect(rowsWith([on(1, "column_missing"), on(1, "column_missing")])).toBe(0);
});

it("knows from how many on the server keeps silent of more", () => {
  const reader = resolve(import.meta.dirname, "../../../../crates/people-file/src/read.rs");
  expect(readFileSync(reader, "utf8")).toContain(`PROBLEMS_MAX: usize = ${PROBLEMS_MAX};`);
  const problems = Array.from({ length: PROBLEMS_MAX }, (_, row) => ({
    line: row + 2,
    code: "missing",
    message: "",
  }));
  expect([mayBeMore(problems.slice(1)), mayBeMore(problems)]).toEqual([false, true]);
});
