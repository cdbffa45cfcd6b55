import type { Key, MarkScheme, Question, QuestionBody, QuestionType } from "@/shared/api";

export type BodyOf<T extends QuestionType> = Extract<QuestionBody, { type: T }>;
export type SchemeOf<T extends QuestionType> = Extract<MarkScheme, { type: T }>;

/** A question and its key, as they are edited together. */
export interface Pair {
  question: Question;
  key: Key;
}

/** What the author has decided so far. A question and its key always are of one type. */
export type Typed = {
  [T in QuestionType]: { type: T; body: BodyOf<T>; scheme: SchemeOf<T> };
}[QuestionType];

/** Body and scheme as one value, so that TypeScript knows that their types agree. */
export function typed({ question, key }: Pair): Typed {
  return { type: question.body.type, body: question.body, scheme: key.scheme } as Typed;
}
