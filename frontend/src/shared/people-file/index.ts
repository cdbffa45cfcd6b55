export { fieldOf, guessColumns, type PeopleField } from "./columns";
export { FileProblems, FileRefused } from "./FileProblems";
export { mayBeMore, rowsWith } from "./lineProblem";
export { type ChosenFile, PeopleFileForm } from "./PeopleFileForm";
export type { PeopleFile } from "./readPeopleFile";
