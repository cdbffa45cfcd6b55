import { expect, it } from "vitest";
import { csvCell, csvText, decodeText, delimiterOf, firstRecords } from "./csv";

it("reads what spreadsheets save, in UTF-8, UTF-16 and GB18030", () => {
  const utf8 = new TextEncoder().encode("\uFEFF学号,姓名\r\n1,王伟\r\n");
  expect(decodeText(utf8)).toEqual({ text: "学号,姓名\n1,王伟\n", encoding: "UTF-8" });
  const utf16 = Uint8Array.from([0xff, 0xfe, 0x66, 0x5b, 0xf7, 0x53]);
  expect(decodeText(utf16)).toEqual({ text: "学号", encoding: "UTF-16" });
  const gb = Uint8Array.from([0xd1, 0xa7, 0xba, 0xc5]);
  expect(decodeText(gb)).toEqual({ text: "学号", encoding: "GB18030" });
});

it("doesn't take a workbook for a text", () => {
  expect(decodeText(Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x00, 0x00]))).toBeNull();
});

it("finds the separator and the first records, with quotes and line ends inside them", () => {
  const text = 'number;"full ""name"""\n\n1;"Li\nMei"\n2;Bo\n';
  expect(delimiterOf(text)).toBe(";");
  expect(firstRecords(text, ";", 2)).toEqual({
    records: [
      ["number", 'full "name"'],
      ["1", "Li\nMei"],
    ],
    headerEnd: 22,
  });
  expect(text.slice(22)).toMatch(/^\n\n1;/);
});

it("finds the separator between titles, not within one", () => {
  expect(delimiterOf('"Name, first, last";number\n1;2\n')).toBe(";");
  expect(delimiterOf('"Number\n(see card, back)"\tname\n1\t2\n')).toBe("\t");
  expect(delimiterOf("\n,,\nname,number,class,email\n")).toBe(",");
  expect(delimiterOf("")).toBe(",");
});

it("writes a cell so that it comes back", () => {
  const cell = csvCell('a "b", c');
  expect(firstRecords(cell, ",", 1).records).toEqual([['a "b", c']]);
});

it.each([
  ["李伟", "李伟"],
  ["=1+1", "'=1+1"],
  [" -1", "' -1"],
  ["＠SUM(A1)", "'＠SUM(A1)"],
  ["@A, B", `"'@A, B"`],
])("a person's name %j is no formula in a spreadsheet", (name, cell) => {
  expect(csvText(name)).toBe(cell);
});
