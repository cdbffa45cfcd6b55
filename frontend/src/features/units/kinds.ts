import type { UnitKind } from "@/shared/api/types-officer";

/** What may lie right below a unit of a kind (null: the institution): a faculty holds all, a course classes, a class nothing. */
export function kindsBelow(parent: UnitKind | null): readonly UnitKind[] {
  switch (parent) {
    case null:
    case "faculty":
      return ["faculty", "course", "class"];
    case "course":
      return ["class"];
    case "class":
      return [];
  }
}
