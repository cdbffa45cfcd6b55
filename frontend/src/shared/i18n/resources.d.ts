// The English texts are the type of all texts: a key that doesn't exist fails the type check.
// A new namespace is a file in src/locales/{en,zh-CN} and a line here.
import type account from "../../locales/en/account.json";
import type attempt from "../../locales/en/attempt.json";
import type author from "../../locales/en/author.json";
import type common from "../../locales/en/common.json";
import type lobby from "../../locales/en/lobby.json";
import type marking from "../../locales/en/marking.json";
import type questions from "../../locales/en/questions.json";
import type review from "../../locales/en/review.json";
import type signIn from "../../locales/en/sign-in.json";

export interface Resources {
  account: typeof account;
  attempt: typeof attempt;
  author: typeof author;
  common: typeof common;
  lobby: typeof lobby;
  marking: typeof marking;
  questions: typeof questions;
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
