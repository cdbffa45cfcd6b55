import { useTranslation } from "@/shared/i18n";
import { EmptyState, PageHeader } from "@/shared/ui";

export function OfficerIndexRoute() {
  const { t } = useTranslation("common");
  return (
    <>
      <PageHeader title={t("shell.officer")} />
      <EmptyState title={t("shell.comingHere")} />
    </>
  );
}
