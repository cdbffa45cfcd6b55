import { GripVertical } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "../i18n";
import { cx } from "../lib/cx";
import { announce } from "../ui";

/** The list with the item at `from` standing at `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, place) => place !== from);
  const item = list[from];
  if (item !== undefined) rest.splice(to, 0, item);
  return rest;
}

/**
 * A list that a person puts in order: by dragging a handle with mouse or finger, or with the arrow keys on the handle.
 * Every row is handed its handle and draws it where it likes.
 */
export function SortableList<T>({
  label,
  items,
  itemKey,
  itemName,
  onMove,
  className,
  children,
}: {
  label: string;
  items: readonly T[];
  itemKey: (item: T, place: number) => string;
  /** What the item is called when it is spoken of. */
  itemName: (item: T, place: number) => string;
  onMove: (from: number, to: number) => void;
  className?: string;
  children: (item: T, place: number, handle: ReactNode) => ReactNode;
}) {
  const { t } = useTranslation("author");
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);

  const move = (from: number, to: number, speak: boolean) => {
    const item = items[from];
    if (item === undefined || to < 0 || to >= items.length || to === from) return;
    onMove(from, to);
    if (speak)
      announce(t("sort.moved", { item: itemName(item, from), place: to + 1, count: items.length }));
  };
  const placeUnder = (y: number) => {
    const rows = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
    const below = rows.findIndex((row) => y < row.top + row.height / 2);
    return below < 0 ? rows.length - 1 : below;
  };

  return (
    <ol ref={list} aria-label={label} className={cx("flex flex-col gap-2", className)}>
      {items.map((item, place) => {
        const key = itemKey(item, place);
        const handle = (
          <button
            type="button"
            aria-label={t("sort.handle", {
              item: itemName(item, place),
              place: place + 1,
              count: items.length,
            })}
            title={t("sort.hint")}
            className="flex h-10 cursor-grab touch-none items-center rounded px-1.5 text-muted hover:bg-sunken hover:text-ink active:cursor-grabbing"
            onKeyDown={(event) => {
              const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
              if (step === undefined) return;
              event.preventDefault();
              // React may take the row out and put it in again, and the focus would be lost with it.
              const button = event.currentTarget;
              move(place, place + step, true);
              requestAnimationFrame(() => button.focus());
            }}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              setDragged(key);
            }}
            onPointerMove={(event) => {
              if (dragged === key) move(place, placeUnder(event.clientY), false);
            }}
            onPointerUp={() => setDragged(null)}
            onPointerCancel={() => setDragged(null)}
          >
            <GripVertical aria-hidden className="size-4" />
          </button>
        );
        return (
          <li
            key={key}
            className={cx(
              "min-w-0 rounded-md",
              dragged === key && "relative z-10 bg-accent-soft shadow-raised",
            )}
          >
            {children(item, place, handle)}
          </li>
        );
      })}
    </ol>
  );
}
