import type { ReactNode } from "react";
import { cx } from "../lib/cx";

/** What is known of a thing: terms and their values, in columns where there is room. */
export function Facts({
  facts,
  className,
}: {
  facts: readonly { term: ReactNode; value: ReactNode; note?: ReactNode }[];
  className?: string;
}) {
  return (
    <dl className={cx("grid gap-x-8 gap-y-4 sm:grid-cols-2", className)}>
      {facts.map(({ term, value, note }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts of one thing are written in one place and don't move
        <div key={place} className="min-w-0">
          <dt className="text-sm text-muted">{term}</dt>
          <dd className="font-medium break-words">{value}</dd>
          {note && <dd className="text-sm text-muted">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
