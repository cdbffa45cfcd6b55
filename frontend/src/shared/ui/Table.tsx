import type { ReactNode } from "react";
import { cx } from "../lib/cx";

export interface Column<Row> {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand right and under one another. */
  numeric?: boolean;
  /** The cell that names the row; one column at most. */
  heading?: boolean;
  /** Left out where the screen is narrow: on a phone or tablet, or on all but the widest. */
  wideOnly?: boolean | "widest";
  /** Stays in sight at the row's end when the table scrolls sideways: what can be done about the row. */
  atHand?: boolean;
  sort?: "ascending" | "descending" | "none";
  onSort?: () => void;
  className?: string;
}

/** A dense table for experts: sticky header, one line per row, scrolls sideways inside its own frame. */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  empty,
  selected,
}: {
  /** What the table lists; spoken, not shown. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Shown instead of rows when there are none. */
  empty?: ReactNode;
  selected?: (row: Row) => boolean;
}) {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <table className="w-full border-collapse text-[0.9375rem]">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 z-10 bg-sunken text-sm">
          <tr className="bg-inherit">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                aria-sort={column.sort}
                className={cx(
                  "border-b border-line px-3 py-2 font-semibold whitespace-nowrap",
                  column.numeric ? "text-end" : "text-start",
                  lookOf(column),
                )}
              >
                {column.onSort ? (
                  <button
                    type="button"
                    onClick={column.onSort}
                    className="inline-flex items-center gap-1 font-semibold hover:text-accent"
                  >
                    {column.header}
                    <span aria-hidden="true" className="w-3 text-xs">
                      {column.sort === "ascending" ? "▲" : column.sort === "descending" ? "▼" : "↕"}
                    </span>
                  </button>
                ) : (
                  column.header
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              aria-selected={selected?.(row) || undefined}
              className="border-b border-line bg-surface last:border-0 hover:bg-ground aria-selected:bg-accent-soft"
            >
              {columns.map((column) => {
                const className = cx(
                  "px-3 py-2 align-middle",
                  column.numeric ? "tabular text-end" : "text-start",
                  lookOf(column),
                  column.className,
                );
                return column.heading ? (
                  <th key={column.key} scope="row" className={cx(className, "font-medium")}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={className}>
                    {column.cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const lookOf = ({ wideOnly, atHand }: Pick<Column<never>, "wideOnly" | "atHand">) =>
  cx(
    wideOnly === true && "hidden lg:table-cell",
    wideOnly === "widest" && "hidden 2xl:table-cell",
    atHand && "sticky end-0 bg-inherit ps-0",
  );
