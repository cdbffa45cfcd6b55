import { describe, expect, it } from "vitest";
import en from "../../locales/en/people-file.json";
import zh from "../../locales/zh-CN/people-file.json";
import { fieldOf, guessColumns, type PeopleField } from "./columns";
import { lineOf, type PeopleFile, readPeopleFile, withColumns } from "./readPeopleFile";

async function read(...parts: BlobPart[]): Promise<PeopleFile> {
  const file = await readPeopleFile(new File(parts, "people.csv"));
  if (typeof file === "string") throw new Error(file);
  return file;
}
/** “学号,姓名” and one row, as Chinese spreadsheets save it. */
const GB18030 = new Uint8Array([
  0xd1, 0xa7, 0xba, 0xc5, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x0a, 0x31, 0x2c, 0xce, 0xe2, 0xc3, 0xf4,
  0x0a,
]);

describe("a file of people", () => {
  it("is read as a Chinese spreadsheet saves it, and its columns are known", async () => {
    const file = await read(GB18030);
    expect(file).toMatchObject({ encoding: "GB18030", titles: ["学号", "姓名"], lines: 1 });
    expect(file.samples).toEqual([["1", "吴敏"]]);
    expect(guessColumns(file.titles, ["number", "name"])).toEqual(["number", "name"]);
  });

  it("keeps its lines where they are when its columns are named, so that reports fit the file", async () => {
    const file = await read('Name;"Student\nnumber"\r\nLin;1001\r\nWu;1002\r\n');
    expect(file).toMatchObject({ delimiter: ";", titles: ["Name", "Student\nnumber"], lines: 2 });
    const named = withColumns(file, [null, "number"]);
    expect(named).toBe("unused 1;number\n\nLin;1001\nWu;1002\n");
    expect(lineOf(file, 4)).toBe("Wu;1002");
    expect(named.split("\n")[3]).toBe("Wu;1002");
  });

  it("gives a field to one column only", () => {
    expect(guessColumns(["ID", "考号", "Full name"], ["number", "name"])).toEqual([
      "number",
      null,
      "name",
    ]);
  });

  it("may name its columns as the page calls them, in either language", () => {
    for (const { fields } of [en, zh]) {
      const all = Object.keys(fields) as PeopleField[];
      for (const field of all) {
        const label = fields[field];
        expect([label, fieldOf(label, all)]).toEqual([label, field]);
        expect([label, fieldOf(` ${label.toUpperCase()} `, all)]).toEqual([label, field]);
      }
    }
  });

  it("is none when it is empty, too large or no text", async () => {
    expect(await readPeopleFile(new File([], "a.csv"))).toBe("empty");
    expect(await readPeopleFile(new File(["\n \n"], "a.csv"))).toBe("empty");
    expect(await readPeopleFile(new File([new Uint8Array([0x50, 0x4b, 3, 4, 0])], "a.xlsx"))).toBe(
      "not_text",
    );
    expect(await readPeopleFile(new File([new Uint8Array(8 * 1024 * 1024 + 1)], "a.csv"))).toBe(
      "too_large",
    );
  });
});
