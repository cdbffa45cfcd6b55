import { useTranslation } from "../i18n";

/** Work under way. Decorative: the label beside it, or the region around it, says what is being waited for. */
export function Spinner() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="size-[1.15em] shrink-0 animate-spin">
      <circle
        cx="12"
        cy="12"
        r="9"
        fill="none"
        stroke="currentColor"
        strokeWidth="3"
        opacity="0.25"
      />
      <path
        d="M21 12a9 9 0 0 0-9-9"
        fill="none"
        stroke="currentColor"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  );
}

/** A page or panel that isn't there yet. */
export function Loading() {
  const { t } = useTranslation("common");
  return (
    <div role="status" className="flex flex-1 items-center justify-center gap-3 p-12 text-muted">
      <Spinner />
      <span>{t("loading")}</span>
    </div>
  );
}
