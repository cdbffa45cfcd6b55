import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../lib/cx";

/** Something that most people don't need to see most of the time; the browser's own, so that find-in-page opens it. */
export function Disclosure({
  summary,
  note,
  open,
  className,
  children,
}: {
  summary: ReactNode;
  /** What is inside, in a word, while it is closed. */
  note?: ReactNode;
  open?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <details open={open} className={cx("group", className)}>
      <summary className="flex items-center gap-2 rounded-md py-1 font-medium [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90"
        />
        {summary}
        {note && (
          <span className="truncate text-sm font-normal text-muted group-open:hidden">{note}</span>
        )}
      </summary>
      <div className="pt-2 ps-6">{children}</div>
    </details>
  );
}
