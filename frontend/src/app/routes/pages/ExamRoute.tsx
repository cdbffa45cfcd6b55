import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { ExamPage } from "@/features/attempt/ExamPage";
import { useTranslation } from "@/shared/i18n";
import { buttonClass } from "@/shared/ui";

const route = getRouteApi("/exam/$attemptId");

export function ExamRoute() {
  const { t } = useTranslation("attempt");
  const { attemptId } = route.useParams();
  const navigate = useNavigate();
  return (
    <ExamPage
      attemptId={attemptId}
      links={{
        signIn: (
          <Link
            to="/sign-in"
            search={{ next: `/exam/${attemptId}` }}
            className={buttonClass("primary")}
          >
            {t("links.signIn")}
          </Link>
        ),
        home: (
          <Link to="/" className={buttonClass("quiet")}>
            {t("links.home")}
          </Link>
        ),
        leave: () => void navigate({ to: "/" }),
        review: (
          <Link
            to="/exam/$attemptId/review"
            params={{ attemptId }}
            className={buttonClass("secondary")}
          >
            {t("links.review")}
          </Link>
        ),
      }}
    />
  );
}
