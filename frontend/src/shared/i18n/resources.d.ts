// The English texts are the type of all texts: a key that doesn't exist fails the type check.
// A new namespace is a file in src/locales/{en,zh-CN} and a line here.
import type account from "../../locales/en/account.json";
import type answerFile from "../../locales/en/answer-file.json";
import type attempt from "../../locales/en/attempt.json";
import type audit from "../../locales/en/audit.json";
import type author from "../../locales/en/author.json";
import type banks from "../../locales/en/banks.json";
import type common from "../../locales/en/common.json";
import type exams from "../../locales/en/exams.json";
import type importTexts from "../../locales/en/import.json";
import type live from "../../locales/en/live.json";
import type lobby from "../../locales/en/lobby.json";
import type markers from "../../locales/en/markers.json";
import type marking from "../../locales/en/marking.json";
import type messages from "../../locales/en/messages.json";
import type nav from "../../locales/en/nav.json";
import type people from "../../locales/en/people.json";
import type peopleFile from "../../locales/en/people-file.json";
import type questions from "../../locales/en/questions.json";
import type results from "../../locales/en/results.json";
import type review from "../../locales/en/review.json";
import type roster from "../../locales/en/roster.json";
import type signIn from "../../locales/en/sign-in.json";
import type sittings from "../../locales/en/sittings.json";
import type staff from "../../locales/en/staff.json";
import type statistics from "../../locales/en/statistics.json";
import type units from "../../locales/en/units.json";
import type violations from "../../locales/en/violations.json";

export interface Resources {
  account: typeof account;
  "answer-file": typeof answerFile;
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
  audit: typeof audit;
  live: typeof live;
  markers: typeof markers;
  messages: typeof messages;
  results: typeof results;
  roster: typeof roster;
  sittings: typeof sittings;
  statistics: typeof statistics;
  units: typeof units;
  violations: typeof violations;
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
