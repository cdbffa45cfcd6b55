// The English texts are the type of all texts: a key that doesn't exist fails the type check.
// A new namespace is a file in src/locales/{en,zh-CN} and a line here.
import "i18next";
import type account from "../../locales/en/account.json";
import type attempt from "../../locales/en/attempt.json";
import type common from "../../locales/en/common.json";
import type lobby from "../../locales/en/lobby.json";
import type review from "../../locales/en/review.json";
import type signIn from "../../locales/en/sign-in.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      account: typeof account;
      common: typeof common;
      attempt: typeof attempt;
      lobby: typeof lobby;
      review: typeof review;
      "sign-in": typeof signIn;
    };
  }
}
