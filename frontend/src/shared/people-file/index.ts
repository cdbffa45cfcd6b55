export { fieldOf, guessColumns, type PeopleField } from "./columns";
export { FileProblems } from "./FileProblems";
export { rowsWith } from "./lineProblem";
export { type ChosenFile, PeopleFileForm } from "./PeopleFileForm";
export type { PeopleFile } from "./readPeopleFile";
