import { useTranslation } from "@/shared/i18n";
import { EmptyState, PageHeader } from "@/shared/ui";

export function AuthorIndexRoute() {
  const { t } = useTranslation("common");
  return (
    <>
      <PageHeader title={t("shell.author")} />
      <EmptyState title={t("shell.comingHere")} />
    </>
  );
}
