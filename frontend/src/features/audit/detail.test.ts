import { expect, it } from "vitest";
import { detailOf } from "./detail";

it("reads names and values, and leaves out what says nothing", () => {
  expect(detailOf('{"role":"officer","unit":"/","term":null,"changed":["name","email"]}')).toEqual([
    { name: "role", value: "officer" },
    { name: "unit", value: "/" },
    { name: "changed", value: "name, email" },
  ]);
});

it("shows what it can't read as it is", () => {
  expect(detailOf("not json")).toEqual([{ name: "", value: "not json" }]);
  expect(detailOf("null")).toEqual([]);
});
