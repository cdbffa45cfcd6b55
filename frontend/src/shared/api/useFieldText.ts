import { textIfLoaded, useTranslation } from "../i18n";
import { ApiError } from "./problem";

/**
 * The sentence that stands below a field which the server refused, in the person's language where we have one. The
 * server's own sentence is English and more exact, so it is kept for those who read English.
 */
export function useFieldText(): (error: unknown, field: string) => string | undefined {
  const { t, i18n } = useTranslation("common");
  return (error, field) => {
    if (!(error instanceof ApiError)) return undefined;
    const problem = error.fields.find((one) => one.field === field);
    if (problem === undefined || i18n.language === "en") return problem?.message;
    const name = problem.code.replaceAll(".", "_");
    const staff = textIfLoaded("staff", `refused.${name}`);
    if (staff !== undefined) return staff;
    const key = `problem.field.${name}`;
    // Codes are the server's to choose: the texts know some of them, so this one key is checked when it is used.
    return i18n.exists(key) ? t(key as "problem.unknown") : problem.message;
  };
}
