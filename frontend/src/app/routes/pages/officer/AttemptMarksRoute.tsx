import { getRouteApi } from "@tanstack/react-router";
import { AttemptMarksPage } from "@/features/results/AttemptMarksPage";
import { partName } from "@/features/review/partName";
import { ResponseText } from "@/features/review/ResponseText";
import { useTranslation } from "@/shared/i18n";
import { useSitting } from "./useSitting";

const route = getRouteApi("/staff/officer/sittings/$sittingId/results/$attemptId");

export function AttemptMarksRoute() {
  const { attemptId } = route.useParams();
  const { t } = useTranslation("review");
  return (
    <AttemptMarksPage
      sitting={useSitting()}
      attemptId={attemptId}
      // Drawn as the candidate sees it in the review, so that both speak of the same thing.
      drawResponse={(given) => <ResponseText {...given} />}
      namePart={(interaction, part) => partName(interaction, part, t)}
    />
  );
}
