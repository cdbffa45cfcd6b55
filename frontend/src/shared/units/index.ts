export { unitsQuery } from "./listUnits";
export { flatTree, type UnitNode, unitPathName, unitTree } from "./tree";
export { UnitSelect } from "./UnitSelect";
