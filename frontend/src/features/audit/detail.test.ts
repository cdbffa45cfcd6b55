import { expect, it } from "vitest";
import { codeKey, factsOf, peopleOf, unitPath } from "./detail";

it("reads names and values, and leaves out what says nothing", () => {
  const said = {
    role: "officer",
    unit: "/",
    term: null,
    reason: "",
    changed: ["name", "email"],
    attempts: [],
    waiting: { partial: 0, unmarked: 0 },
    points: 0,
    archived: false,
  };
  expect(factsOf(JSON.stringify(said))).toEqual([
    { name: "role", value: "officer" },
    { name: "unit", value: "/" },
    { name: "changed", value: ["name", "email"] },
    { name: "points", value: 0 },
    { name: "archived", value: false },
  ]);
});

it("shows what it can't read as it is", () => {
  expect(factsOf("not json")).toEqual([{ name: "", value: "not json" }]);
  expect(factsOf("null")).toEqual([]);
});

it("knows a unit's path from other words", () => {
  const id = "01a190ab-d434-761f-a7d2-3cb0c77843f1";
  expect(unitPath("/")).toEqual([]);
  expect(unitPath(`/${id}/${id}/`)).toEqual([id, id]);
  expect(unitPath("and/or")).toBeNull();
});

it("takes a reason for a code only where no person wrote it", () => {
  expect(codeKey("session.ended", "reason", "revoked")).toBe("codes.ends.revoked");
  expect(codeKey("sitting.cancelled", "reason", "revoked")).toBeNull();
  expect(codeKey("exam.created", "title", "ready")).toBeNull();
});

it("finds the people whom a record names", () => {
  const id = "01a190ab-d434-761f-a7d2-3cb0c77843f1";
  const about = (subject_kind: string, subject_id: string, detail = "{}") =>
    peopleOf({ subject_kind, subject_id, detail });
  expect(about("account", id)).toEqual([id]);
  expect(about("account", "")).toEqual([]);
  expect(about("unit", "u", `{"account":"${id}"}`)).toEqual([id]);
});
