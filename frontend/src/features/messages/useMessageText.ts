import type { Message } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";

/** What a message says, in the reader's language; what a person wrote stays in theirs. */
export function useMessageText(): (message: Message) => { subject: string; body: string } {
  const { t, i18n } = useTranslation("messages");
  return (message) => {
    switch (message.template) {
      case "results_released":
        return {
          subject: t("released.subject", { title: message.parameters.title }),
          body: t("released.body"),
        };
      case "sitting_scheduled":
        return {
          subject: t("scheduled.subject", { title: message.parameters.title }),
          body: t("scheduled.body", {
            when: moment(message.parameters.opens_at, i18n.language),
          }),
        };
      case "sitting_cancelled":
        return {
          subject: t("cancelled.subject", { title: message.parameters.title }),
          body: t("cancelled.body"),
        };
      default:
        return message.parameters;
    }
  };
}
