import type { Unit } from "../api/types-officer";

/** A unit in its place: how deep, and what lies right below it. */
export interface UnitNode {
  readonly unit: Unit;
  readonly depth: number;
  readonly children: readonly UnitNode[];
}

/** The units as a tree, each level by name. A unit whose parent isn't among them stands at the top. */
export function unitTree(units: readonly Unit[], language: string): UnitNode[] {
  const names = new Intl.Collator(language, { numeric: true });
  const known = new Set(units.map((unit) => unit.id));
  const above = (unit: Unit) =>
    unit.parent_id !== null && known.has(unit.parent_id) ? unit.parent_id : null;
  const level = (parent: string | null, depth: number): UnitNode[] =>
    units
      .filter((unit) => above(unit) === parent)
      .toSorted((a, b) => names.compare(a.name, b.name))
      .map((unit) => ({ unit, depth, children: level(unit.id, depth + 1) }));
  return level(null, 0);
}

/** The tree's units one after the other, each before those below it. */
export function flatTree(nodes: readonly UnitNode[]): UnitNode[] {
  return nodes.flatMap((node) => [node, ...flatTree(node.children)]);
}

/** The names from the top down to a unit: `Science / Physics / Class 2`. */
export function unitPathName(units: readonly Unit[], id: string): string | null {
  const names: string[] = [];
  for (let at: string | null = id; at !== null; ) {
    const unit = units.find((candidate) => candidate.id === at);
    if (unit === undefined) break;
    names.unshift(unit.name);
    at = unit.parent_id;
  }
  return names.length === 0 ? null : names.join(" / ");
}
