// The English texts are the type of all texts: a key that doesn't exist fails the type check.
// A new namespace is a file in src/locales/{en,zh-CN} and a line here.
import type account from "../../locales/en/account.json";
import type attempt from "../../locales/en/attempt.json";
import type author from "../../locales/en/author.json";
import type banks from "../../locales/en/banks.json";
import type common from "../../locales/en/common.json";
import type exams from "../../locales/en/exams.json";
import type importTexts from "../../locales/en/import.json";
import type lobby from "../../locales/en/lobby.json";
import type marking from "../../locales/en/marking.json";
import type nav from "../../locales/en/nav.json";
import type people from "../../locales/en/people.json";
import type peopleFile from "../../locales/en/people-file.json";
import type questions from "../../locales/en/questions.json";
import type review from "../../locales/en/review.json";
import type signIn from "../../locales/en/sign-in.json";
import type staff from "../../locales/en/staff.json";

export interface Resources {
  account: typeof account;
  attempt: typeof attempt;
  author: typeof author;
  banks: typeof banks;
  common: typeof common;
  exams: typeof exams;
  import: typeof importTexts;
  lobby: typeof lobby;
  marking: typeof marking;
  nav: typeof nav;
  questions: typeof questions;
  staff: typeof staff;
  people: typeof people;
  "people-file": typeof peopleFile;
  review: typeof review;
  "sign-in": typeof signIn;
}

export type Namespace = keyof Resources;

/** `handIn_one` and `handIn_other` are forms of the one key `handIn`. */
type WithoutForm<Key extends string> = Key extends `${infer Stem}_${"zero" | "one" | "other"}`
  ? Stem
  : Key;
type Keys<Texts> = {
  [Key in keyof Texts & string]: Texts[Key] extends string
    ? WithoutForm<Key>
    : `${Key}.${Keys<Texts[Key]>}`;
}[keyof Texts & string];

/** The keys of a namespace, with dots. */
export type TextKey<N extends Namespace> = Keys<Resources[N]>;
