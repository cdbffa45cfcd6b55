import { textIfLoaded, useTranslation } from "../i18n";
import { ApiError } from "./problem";

/**
 * The sentence that a person is shown for a failed request, in their language where we have one. What only staff can
 * meet stands in the texts that their pages load; a candidate's first load doesn't carry it.
 */
export function useProblemText(): (error: unknown) => string {
  const { t, i18n } = useTranslation("common");
  return (error) => {
    if (!(error instanceof ApiError)) return t("problem.unknown");
    const name = error.code.replaceAll(".", "_");
    const staff = textIfLoaded("staff", `problem.${name}`);
    if (staff !== undefined)
      return i18n.language === "en" && forPeople(error.message) ? error.message : staff;
    const key = `problem.code.${name}`;
    // Codes are the server's to choose: the texts know some of them, so this one key is checked when it is used.
    if (i18n.exists(key)) return t(key as "problem.unknown");
    if (error.status === 0) return t("problem.offline");
    // What was sent couldn't be read at all: the server's sentence tells that to whoever wrote the page.
    if (error.code.startsWith("request.") && UNREADABLE.includes(error.status))
      return t("problem.request");
    if (error.message !== "") return error.message;
    if (error.status === 403) return t("problem.forbidden");
    if (error.status === 404) return t("problem.notFound");
    if (error.status === 429) return t("problem.tooMany");
    if (error.status === 503) return t("problem.busy");
    return t("problem.unknown");
  };
}

/** The statuses of a request that is wrong in itself, whoever sent it. */
const UNREADABLE: readonly number[] = [400, 405, 415, 422];

/**
 * Whether a sentence of the server's speaks to a person: it often knows more than ours (bounds, names), but one that
 * quotes members of the answer ("see `errors`") is for programs.
 */
const forPeople = (sentence: string) => sentence !== "" && !sentence.includes("`");
