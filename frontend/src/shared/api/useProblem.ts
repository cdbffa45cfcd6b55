import { useTranslation } from "../i18n";
import { ApiError } from "./problem";

/** The sentence that a person is shown for a failed request, in their language where we have one. */
export function useProblemText(): (error: unknown) => string {
  const { t, i18n } = useTranslation("common");
  return (error) => {
    if (!(error instanceof ApiError)) return t("problem.unknown");
    const key = `problem.code.${error.code.replaceAll(".", "_")}`;
    // Codes are the server's to choose: the texts know some of them, so this one key is checked when it is used.
    if (i18n.exists(key)) return t(key as "problem.unknown");
    if (error.status === 0) return t("problem.offline");
    if (error.message !== "") return error.message;
    if (error.status === 403) return t("problem.forbidden");
    if (error.status === 404) return t("problem.notFound");
    if (error.status === 429) return t("problem.tooMany");
    if (error.status === 503) return t("problem.busy");
    return t("problem.unknown");
  };
}
