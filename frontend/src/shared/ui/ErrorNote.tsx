import { type ApiError, useProblemText } from "../api";
import { useTranslation } from "../i18n";
import { Banner } from "./Banner";
import { Button } from "./Button";

/** A failed request, in place: what happened, and a way to try again. */
export function ErrorNote({ error, onRetry }: { error: ApiError | Error; onRetry?: () => void }) {
  const { t } = useTranslation("common");
  const text = useProblemText();
  return (
    <Banner
      tone="danger"
      actions={
        onRetry && (
          <Button size="sm" onClick={onRetry}>
            {t("retry")}
          </Button>
        )
      }
    >
      {text(error)}
    </Banner>
  );
}
