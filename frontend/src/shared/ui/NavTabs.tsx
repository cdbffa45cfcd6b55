import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

export interface NavTab {
  /** Where it leads, as `Link` takes it. */
  link: Pick<LinkProps, "to" | "params" | "search">;
  label: ReactNode;
  /** Whether only this very address is the tab, not those below it. */
  exact?: boolean;
}

/** Pages that belong together, as tabs that are links: each has an address of its own. */
export function NavTabs({ label, tabs }: { label: string; tabs: readonly NavTab[] }) {
  return (
    <nav aria-label={label} className="mb-6 border-b border-line print:hidden">
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {tabs.map(({ link, label: text, exact = false }) => (
          <li key={String(link.to)}>
            <Link
              {...link}
              activeOptions={{ exact, includeSearch: false }}
              className="block border-b-2 border-transparent px-3 py-2 font-medium whitespace-nowrap text-muted hover:text-ink focus-visible:outline-offset-[-2px]"
              activeProps={{ className: "border-accent! text-ink!" }}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
