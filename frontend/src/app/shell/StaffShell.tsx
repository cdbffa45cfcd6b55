import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { BookOpenText, CalendarClock, Menu as MenuIcon, Settings2 } from "lucide-react";
import { useState } from "react";
import { Bell } from "@/features/messages/Bell";
import { holdsRole, type Role, useSession } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { Button, LanguageMenu, ThemeMenu } from "@/shared/ui";
import { PART_ROLES } from "../guards";
import { ProductMark } from "./ProductMark";
import { SessionEnded } from "./SessionEnded";
import { UserMenu } from "./UserMenu";

const PARTS = [
  {
    to: "/author",
    key: "shell.author",
    roles: PART_ROLES.author,
    Icon: BookOpenText,
    pages: [
      { to: "/author/banks", key: "banks" },
      { to: "/author/exams", key: "exams" },
    ],
  },
  {
    to: "/officer",
    key: "shell.officer",
    roles: PART_ROLES.officer,
    Icon: CalendarClock,
    pages: [{ to: "/officer/people", key: "people", roles: ["officer", "invigilator", "admin"] }],
  },
  {
    to: "/admin",
    key: "shell.admin",
    roles: PART_ROLES.admin,
    Icon: Settings2,
    pages: [
      { to: "/admin/users", key: "people" },
      { to: "/admin/units", key: "units" },
      { to: "/admin/import", key: "importPeople" },
      { to: "/admin/audit", key: "audit" },
    ],
  },
] as const;

const isWithin = (path: string, place: string) => path === place || path.startsWith(`${place}/`);

export function StaffShell() {
  const { t } = useTranslation("common");
  const { t: nav } = useTranslation("nav");
  const session = useSession();
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const account = session.state === "signed_in" ? session.account : null;
  /** A page may be for fewer roles than its part. */
  const isOpen = (page: { to: string; roles?: readonly Role[] }) =>
    page.roles === undefined || account === null || holdsRole(account, ...page.roles);
  return (
    <>
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t("skipToContent")}
      </a>
      <header className="sticky top-0 z-30 flex h-14 items-center justify-between gap-3 border-b border-line bg-surface px-3 sm:px-5">
        <div className="flex items-center gap-2">
          <Button
            look="quiet"
            className="lg:hidden"
            aria-expanded={open}
            aria-controls="staff-navigation"
            icon={<MenuIcon aria-hidden />}
            onClick={() => setOpen(!open)}
          >
            {t("shell.menu")}
          </Button>
          <span className="flex max-sm:hidden">
            <ProductMark />
          </span>
        </div>
        <div className="flex items-center gap-1">
          <LanguageMenu />
          <ThemeMenu />
          {account && <Bell />}
          {account && <UserMenu account={account} />}
        </div>
      </header>
      <div className="flex flex-1 items-stretch">
        <nav
          id="staff-navigation"
          aria-label={t("shell.navigation")}
          className={cx(
            "w-60 shrink-0 border-e border-line bg-surface p-3 lg:sticky lg:top-14 lg:block lg:h-[calc(100dvh-3.5rem)] lg:overflow-y-auto",
            open ? "fixed inset-y-0 top-14 z-20 shadow-raised" : "hidden",
          )}
        >
          <ul className="flex flex-col gap-1">
            {PARTS.filter((part) => account === null || holdsRole(account, ...part.roles)).map(
              ({ to, key, Icon, pages }) => {
                // A listed page is marked itself; on all others of a part, the part is.
                const marked = isWithin(path, to) && !pages.some((page) => isWithin(path, page.to));
                return (
                  <li key={to}>
                    <Link
                      to={to}
                      onClick={() => setOpen(false)}
                      className={cx(
                        "flex items-center gap-3 rounded-md px-3 py-2 font-medium text-muted hover:bg-sunken hover:text-ink",
                        marked && "bg-accent-soft text-accent!",
                      )}
                      aria-current={marked ? "true" : undefined}
                      activeOptions={{ exact: true }}
                    >
                      <Icon aria-hidden className="size-5 shrink-0" />
                      {t(key)}
                    </Link>
                    {pages.length > 0 && (
                      <ul className="mt-1 flex flex-col gap-0.5 ps-8">
                        {pages.filter(isOpen).map((page) => (
                          <li key={page.to}>
                            <Link
                              to={page.to}
                              onClick={() => setOpen(false)}
                              className="block rounded-md px-3 py-1.5 text-muted hover:bg-sunken hover:text-ink"
                              activeProps={{ className: "bg-accent-soft font-medium text-accent!" }}
                            >
                              {nav(page.key)}
                            </Link>
                          </li>
                        ))}
                      </ul>
                    )}
                  </li>
                );
              },
            )}
          </ul>
        </nav>
        <main id="content" className="min-w-0 flex-1 px-4 py-6 sm:px-8">
          <Outlet />
        </main>
      </div>
      <SessionEnded />
    </>
  );
}
