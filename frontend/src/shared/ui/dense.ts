// What experts' screens are built from, beside the parts that every page uses. A door of its own, so that nothing of
// it is ever drawn into a candidate's page.

export { ConfirmDialog } from "./ConfirmDialog";
export { DateTimeField } from "./DateTimeField";
export { Facts } from "./Facts";
export { type Bar, Histogram } from "./Histogram";
export { MoreRows } from "./MoreRows";
export { type NavTab, NavTabs } from "./NavTabs";
export { ProgressBar } from "./ProgressBar";
export { ReasonDialog } from "./ReasonDialog";
export { Secret } from "./Secret";
export { StatTile } from "./StatTile";
export { Steps } from "./Steps";
