import { useTranslation } from "@/shared/i18n";
import { EmptyState, PageHeader } from "@/shared/ui";

export function AdminIndexRoute() {
  const { t } = useTranslation("common");
  return (
    <>
      <PageHeader title={t("shell.admin")} />
      <EmptyState title={t("shell.comingHere")} />
    </>
  );
}
