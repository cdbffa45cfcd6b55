import { ChevronRight } from "lucide-react";
import { Children, type ReactNode } from "react";

/** The way from the top to this page; each child is a link. */
export function Crumbs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label}>
      <ol className="flex flex-wrap items-center gap-x-1 gap-y-0.5">
        {Children.toArray(children).map((child, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place on the way is what a crumb is
          <li key={place} className="flex min-w-0 items-center gap-1">
            {place > 0 && <ChevronRight aria-hidden className="size-3.5 shrink-0" />}
            <span className="min-w-0 [&_a]:underline-offset-4 [&_a:hover]:text-ink [&_a:hover]:underline">
              {child}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
