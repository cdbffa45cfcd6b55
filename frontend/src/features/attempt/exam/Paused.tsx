import { CirclePause } from "lucide-react";
import { useTranslation } from "@/shared/i18n";
import { EmptyState } from "@/shared/ui";

/** An invigilator has stopped the clock. */
export function Paused() {
  const { t } = useTranslation("attempt");
  return (
    <main className="mx-auto flex w-full max-w-2xl flex-1 flex-col justify-center px-4 py-12">
      <h1 tabIndex={-1} className="sr-only">
        {t("paused.title")}
      </h1>
      <EmptyState icon={<CirclePause />} title={t("paused.title")}>
        {t("paused.lead")}
      </EmptyState>
    </main>
  );
}
