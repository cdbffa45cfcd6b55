import { useTranslation } from "@/shared/i18n";
import { EmptyState } from "@/shared/ui";
import { PlainPage } from "../../shell/PlainPage";

export function MyExamsRoute() {
  const { t } = useTranslation("common");
  return (
    <PlainPage>
      <EmptyState title={t("shell.comingHere")} />
    </PlainPage>
  );
}
