import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { useTranslation } from "@/shared/i18n";
import { buttonClass, EmptyState } from "@/shared/ui";
import { PlainPage } from "./PlainPage";

export function NotFoundPage() {
  return (
    <PlainPage>
      <NotFound />
    </PlainPage>
  );
}

/** The same inside a frame, which stays. */
export function NotFound() {
  const { t } = useTranslation("common");
  return (
    <>
      <h1 tabIndex={-1} className="sr-only">
        {t("notFound.title")}
      </h1>
      <EmptyState
        icon={<Compass />}
        title={t("notFound.title")}
        action={
          <Link to="/" className={buttonClass("primary")}>
            {t("notFound.home")}
          </Link>
        }
      >
        {t("notFound.lead")}
      </EmptyState>
    </>
  );
}
