import type { QuestionType } from "@/shared/api";
import type { BodyOf, SchemeOf } from "../../model/types";

/** What the editor of one type is given: both halves, because a change to one often changes the other. */
export interface TypeProps<T extends QuestionType> {
  body: BodyOf<T>;
  scheme: SchemeOf<T>;
  onChange: (pair: { body: BodyOf<T>; scheme: SchemeOf<T> }) => void;
}
