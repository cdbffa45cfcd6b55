import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bell as BellIcon } from "lucide-react";
import { useTranslation } from "@/shared/i18n";
import { buttonClass } from "@/shared/ui";
import { unreadQuery } from "./api/messages";

/** More than this is said as “9+”. */
const SHOWN_MAX = 9;

/** The way to one's messages, with how many aren't read. Quiet when they can't be asked for. */
export function Bell() {
  const { t } = useTranslation("messages");
  const unread = useQuery(unreadQuery()).data ?? 0;
  return (
    <Link
      to="/messages"
      // To a candidate the page's route is fetched with it, which changes the routes: not on a mere hover.
      preload={false}
      aria-label={t("bell", { count: unread })}
      title={t("bell", { count: unread })}
      className={`${buttonClass("quiet")} relative w-10 px-0!`}
    >
      <BellIcon aria-hidden />
      {unread > 0 && (
        <span
          aria-hidden="true"
          className="tabular absolute end-0.5 top-0.5 flex h-4 min-w-4 items-center justify-center rounded-full bg-danger px-1 text-[0.6875rem] leading-none font-bold text-on-danger"
        >
          {unread > SHOWN_MAX ? `${SHOWN_MAX}+` : unread}
        </span>
      )}
    </Link>
  );
}
