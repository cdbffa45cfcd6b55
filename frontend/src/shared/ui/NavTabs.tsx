import { Link, type LinkProps, useRouterState } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { cx } from "../lib/cx";

export interface NavTab {
  /** Where it leads, as `Link` takes it. */
  link: Pick<LinkProps, "to" | "params" | "search">;
  label: ReactNode;
  /** Whether only this very address is the tab, not those below it. */
  exact?: boolean;
  /** Further addresses that belong to the tab, with those below them. */
  also?: readonly string[];
}

/** Pages that belong together, as tabs that are links: each has an address of its own. */
export function NavTabs({ label, tabs }: { label: string; tabs: readonly NavTab[] }) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav aria-label={label} className="mb-6 border-b border-line print:hidden">
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {tabs.map(({ link, label: text, exact = false, also = [] }) => {
          const within = also.some((place) => path === place || path.startsWith(`${place}/`));
          return (
            <li key={String(link.to)}>
              <Link
                {...link}
                activeOptions={{ exact, includeSearch: false }}
                aria-current={within ? "true" : undefined}
                className={cx(
                  "block border-b-2 border-transparent px-3 py-2 font-medium whitespace-nowrap text-muted hover:text-ink focus-visible:outline-offset-[-2px]",
                  within && "border-accent! text-ink!",
                )}
                activeProps={{ className: "border-accent! text-ink!" }}
              >
                {text}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
