import { useTranslation } from "../i18n";
import { Button } from "./Button";

/** Below a list that has more than is shown: says how much is shown, and brings the next page. */
export function MoreRows({
  shown,
  more,
  busy = false,
  onMore,
}: {
  shown: number;
  more: boolean;
  busy?: boolean;
  onMore: () => void;
}) {
  const { t } = useTranslation("staff");
  return (
    <div className="mt-3 flex flex-wrap items-center justify-between gap-3 text-sm text-muted">
      <p role="status">
        {more ? t("rowsShownMore", { count: shown }) : t("rowsShown", { count: shown })}
      </p>
      {more && (
        <Button size="sm" busy={busy} onClick={onMore}>
          {t("showMore")}
        </Button>
      )}
    </div>
  );
}
