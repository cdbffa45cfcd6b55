import { getRouteApi, Link } from "@tanstack/react-router";
import { keptTicket } from "@/features/attempt/journal/device";
import { ReviewPage } from "@/features/review/ReviewPage";
import { api, ticketApi } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { buttonClass } from "@/shared/ui";
import { PlainPage } from "../../shell/PlainPage";

const route = getRouteApi("/exam/$attemptId/review");

/** By the ticket on this device, or else as the signed-in candidate. */
async function clientFor(attemptId: string) {
  const admission = await keptTicket(attemptId);
  return admission === null ? api : ticketApi(admission.ticket);
}

export function ReviewRoute() {
  const { t } = useTranslation("review");
  const { attemptId } = route.useParams();
  return (
    <PlainPage wide>
      <ReviewPage
        attemptId={attemptId}
        clientFor={clientFor}
        home={
          <Link to="/" className={buttonClass("secondary")}>
            {t("home")}
          </Link>
        }
      />
    </PlainPage>
  );
}
