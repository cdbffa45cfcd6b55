export { findPeople } from "./findPeople";
export { PersonPicker } from "./PersonPicker";
