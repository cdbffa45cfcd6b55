import { useTranslation } from "../i18n";
import { AskBeforeLeaving } from "../leave/AskBeforeLeaving";

/** Asks before a page with unsaved work is left. */
export function LeaveGuard({
  unsaved,
  wholeAddress = false,
}: {
  unsaved: () => boolean;
  /** Whether what stands behind the question mark makes another page too. */
  wholeAddress?: boolean;
}) {
  const { t } = useTranslation("author");
  const texts = {
    title: t("leave.title"),
    lead: t("leave.lead"),
    leave: t("leave.leave"),
    stay: t("leave.stay"),
  };
  return <AskBeforeLeaving {...{ unsaved, wholeAddress, texts }} />;
}
