import { useTranslation } from "@/shared/i18n";

/** What was done, in words; an act that the texts don't know is named as the server names it. */
export function useActText(): (action: string) => string {
  const { t, i18n } = useTranslation("audit");
  return (action) => {
    const key = `acts.${action.replaceAll(".", "_")}`;
    // Acts are the server's to name: the texts know some of them, so this one key is checked when it is used.
    return i18n.exists(key) ? t(key as "acts.account_created") : action;
  };
}
