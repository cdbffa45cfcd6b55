import { useTranslation } from "@/shared/i18n";

/** The product's sign and name. */
export function ProductMark() {
  const { t } = useTranslation("common");
  return (
    <span className="inline-flex items-center gap-2.5 text-lg font-semibold tracking-tight">
      <img src="/icon.svg" alt="" width="28" height="28" />
      {t("product")}
    </span>
  );
}
