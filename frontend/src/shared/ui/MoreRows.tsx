import { useTranslation } from "../i18n";
import { Button } from "./Button";

/** Below a list that has more than is shown: says how much is shown, and brings the next page. */
export function MoreRows({
  shown,
  counted,
  more,
  busy = false,
  onMore,
}: {
  shown: number;
  /** How much is shown, in words that name what is listed: “3 sittings”. Without it, rows are counted. */
  counted?: string;
  more: boolean;
  busy?: boolean;
  onMore: () => void;
}) {
  const { t } = useTranslation("staff");
  const rows = more ? t("rowsShownMore", { count: shown }) : t("rowsShown", { count: shown });
  return (
    <div className="mt-3 flex flex-wrap items-center justify-between gap-3 text-sm text-muted">
      <p role="status">{counted ?? rows}</p>
      {more && (
        <Button size="sm" busy={busy} onClick={onMore}>
          {t("showMore")}
        </Button>
      )}
    </div>
  );
}
