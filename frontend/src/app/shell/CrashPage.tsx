import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ApiError, useProblemText } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Banner, Button } from "@/shared/ui";
import { PlainPage } from "./PlainPage";

/** What is drawn when a page fails: says so, and offers the way on. */
export function CrashPage({ error }: ErrorComponentProps) {
  const { t } = useTranslation("common");
  const text = useProblemText();
  const router = useRouter();
  const refused = error instanceof ApiError;
  return (
    <PlainPage>
      <h1 tabIndex={-1} className="sr-only">
        {t("crash.title")}
      </h1>
      <Banner
        tone="danger"
        title={t("crash.title")}
        actions={
          <Button onClick={() => (refused ? void router.invalidate() : window.location.reload())}>
            {refused ? t("retry") : t("crash.reload")}
          </Button>
        }
      >
        {refused ? text(error) : t("crash.lead")}
      </Banner>
    </PlainPage>
  );
}
