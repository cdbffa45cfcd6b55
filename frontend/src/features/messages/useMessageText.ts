import { useQuery } from "@tanstack/react-query";
import type { Message } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { useNow } from "@/shared/time";
import { myAttemptsQuery } from "./api/myAttempts";
import { scheduledAt } from "./scheduled";

/** A message's words needn't change sooner than this after a sitting's time has come. */
const LOOK_MS = 5_000;

/**
 * What a message says, in the reader's language; what a person wrote stays in theirs. That a sitting was scheduled is told
 * as it stands now: it may be open or over when the message is read.
 */
export function useMessageText(
  messages: readonly Message[],
): (message: Message) => { subject: string; body: string } {
  const { t, i18n } = useTranslation("messages");
  const now = useNow(LOOK_MS);
  const told = messages.some(({ template }) => template === "sitting_scheduled");
  // Whoever can't be told how it stands is told what the message holds: the page doesn't wait, and says no error.
  const attempts = useQuery(myAttemptsQuery(told)).data;
  return (message) => {
    switch (message.template) {
      case "results_released":
        return {
          subject: t("released.subject", { title: message.parameters.title }),
          body: t("released.body"),
        };
      case "sitting_scheduled": {
        const { title, opens_at, sitting_id } = message.parameters;
        const attempt = attempts?.get(sitting_id);
        const { key, times } = scheduledAt(opens_at, attempt, now, i18n.language);
        return {
          subject: t("scheduled.subject", { title }),
          body: t(`scheduled.${key}`, times),
        };
      }
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
